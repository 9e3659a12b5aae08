import { ports } from '../../src/mirror/contract/ports';
import type { KeyAlgorithm } from '../../src/mirror/props/certificate-policy-props';
import { Authority, type KeyPair } from './harness/certificates';
import type { CertificateSpec } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, isClosedTo, type Target } from './harness/request';
import { until } from './harness/until';

const spec = (identity: string, ...usages: string[]): CertificateSpec => ({
  usages,
  uris: [`spiffe://cluster-1/ns/secured-mirror/${identity}`],
});
const peer = spec('peer', 'server auth', 'client auth');
const entry = spec('server', 'server auth');
const node = spec('node', 'client auth');

let mirror: Mirror | undefined;
afterEach(async () => {
  await mirror?.stop();
  mirror = undefined;
});

/** The entry as a node's containerd comes to it. */
function entryFor(running: Mirror, shown: KeyPair, ca: string): Target {
  const port = running.port(ports.listeners.entry);
  return { port, client: { ca, cert: shown['tls.crt'], key: shown['tls.key'] }, server: entry.uris?.[0] };
}

it.each<KeyAlgorithm>(['ECDSA-P256', 'ECDSA-P384', 'RSA-2048', 'RSA-3072', 'RSA-4096'])(
  'the proxy takes and shows certificates with keys of %s',
  async (algorithm) => {
    const authority = new Authority();
    mirror = await Mirror.start({
      authority,
      secrets: {
        'mirror-peer': { ...authority.issueOf(algorithm, peer) },
        'mirror-server': { ...authority.issueOf(algorithm, entry) },
      },
    });
    const shown = authority.issueOf(algorithm, node);
    expect(await ask(entryFor(mirror, shown, authority.certificate), blob)).toMatchObject({ status: 200 });
    expect(mirror.envoy.complaints).toBe('');
  },
);

describe("the user's own Secrets", () => {
  const mutualTls = { secrets: { peer: 'own-peer', server: 'own-entry', node: 'own-node' } };

  it('stand in for those of cert-manager', async () => {
    const authority = new Authority();
    const secrets = { 'own-peer': { ...authority.issue(peer) }, 'own-entry': { ...authority.issue(entry) } };
    mirror = await Mirror.start({ stack: { authentication: { mutualTls }, metrics: undefined }, authority, secrets });
    expect(Object.keys(mirror.emitted.certificates)).toEqual([]);
    const good = entryFor(mirror, authority.issue(node), authority.certificate);
    const withoutSan = entryFor(mirror, authority.issue({ usages: ['client auth'] }), authority.certificate);
    expect(await ask(good, blob)).toMatchObject({ status: 200 });
    expect(await isClosedTo(withoutSan, blob)).toBe(true);
  });

  it('are trusted by the bundle alone, if there is one, as it changes', async () => {
    const [old, young] = [new Authority(), new Authority()];
    // The ca.crt beside the certificates is of another CA: it must not count.
    const beside = { 'ca.crt': young.certificate };
    mirror = await Mirror.start({
      stack: { authentication: { mutualTls: { ...mutualTls, trust: { secret: 'bundle' } } }, metrics: undefined },
      authority: old,
      secrets: {
        'own-peer': { ...old.issue(peer), ...beside },
        'own-entry': { ...old.issue(entry), ...beside },
        bundle: { 'ca.crt': old.certificate },
      },
    });
    const running = mirror;
    const [ofOld, ofYoung] = [old, young].map((one) => entryFor(running, one.issue(node), old.certificate)) as [
      Target,
      Target,
    ];
    const passes = async (target: Target) => (await ask(target, blob)).status === 200;
    expect(await passes(ofOld)).toBe(true);
    expect(await isClosedTo(ofYoung, blob)).toBe(true);

    running.envoy.changeSecret('bundle', { 'ca.crt': old.certificate + young.certificate });
    await until('both are trusted', () => passes(ofYoung));
    expect(await passes(ofOld)).toBe(true);

    running.envoy.changeSecret('bundle', { 'ca.crt': young.certificate });
    await until('the old one is trusted no more', () => isClosedTo(ofOld, blob));
    expect(await passes(ofYoung)).toBe(true);
  });
});
