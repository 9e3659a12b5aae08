import { checkEnvironment, nodes } from './environment';
import { kubectl } from './kubectl';
import { formsOf, heldIn } from './leaks';
import { giveCredentials, methods, stackWith } from './methods';
import { scraperNamespace } from './metrics';
import { deleteNamespaces, newNamespace, pullOnce, startToolbox } from './pods';
import { openRegistry, pushNew } from './registry';
import { Rogue } from './rogue';
import { giveCa, newCa } from './secrets';
import { label, report, reported, spread } from './spread';
import {
  applyManifests,
  type Installed,
  installManifests,
  type MirrorPod,
  mirrorPods,
  NAMESPACE,
  synthAll,
  uninstall,
} from './stack';
import { type Attempt, ask, inPod, pathsOf, urls } from './strangers';

jest.setTimeout(900_000);

describe('strangers and the password', () => {
  let stack: Installed | undefined;
  let basic = '';
  let mutualTls = '';
  let tenant: string;
  let rogue: Rogue;
  let mirrors: MirrorPod[];
  let forms: string[];
  const rows: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const namespace = await scraperNamespace();
    [basic = '', mutualTls = ''] = await synthAll([
      stackWith(methods.basic, namespace),
      stackWith(methods.mutualTls, namespace),
    ]);
    let password = '';
    stack = await installManifests(basic, async () => {
      password = (await giveCredentials()).mirror;
      await giveCa(await newCa());
    });
    tenant = await newNamespace('tenant');
    mirrors = await mirrorPods();
    const generation = label(await report(one()), 'secured_mirror_credential_version_info', 'presented');
    forms = formsOf(password, `mirror.${generation}`);
    rogue = await Rogue.start(tenant, nodes()[1]);
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack && { manifests: mutualTls }), deleteNamespaces()]);
    console.log(rows.join('\n'));
  });

  const one = () => mirrors.find(({ node }) => node === nodes()[0]) as MirrorPod;
  const lured = async (what: string) => {
    const heard = await rogue.lure(one());
    const held = heldIn(heard.map(({ text }) => text).join('\n'), forms);
    rows.push(
      `rogue, ${what}: ${heard.length} connections arrived, ${held.length > 0 ? 'with' : 'without'} the password`,
    );
    return { heard, held };
  };
  const withoutPolicies = () => kubectl(['-n', NAMESPACE, 'delete', 'networkpolicies', '--all']);

  test('with basic authentication the policies stop them, and what mirrors send to strangers', async () => {
    const image = await pushNew(openRegistry());
    await pullOnce(tenant, nodes()[0], image.reference);
    const stranger = await startToolbox(tenant, 'stranger', nodes()[1]);
    const hosts = mirrors.map(({ ip }) => ip);
    const attempts = await ask(
      'tenant pod',
      inPod(stranger),
      urls(hosts, pathsOf(image), [5000, 5001, 5443, 5444, 5445]),
    );
    expect(attempts.filter((attempt: Attempt) => attempt.status > 0)).toEqual([]);

    await stranger.install('intruder');
    const listeners = mirrors.slice(0, 2).flatMap(({ ip }) => [`${ip}:5001`, `${ip}:5444`]);
    const joined = listeners.map((address) => stranger.exec('/tmp/intruder', address, image.blobs[1] ?? ''));
    for (const text of await Promise.all(joined)) {
      expect(JSON.parse(text)).toMatchObject({ joined: false, peers: [], providers: [] });
    }
    rows.push(`strangers with basic authentication: ${attempts.length} requests, none answered; mesh not joined`);
    expect((await lured('basic with policies')).heard).toEqual([]);
  });

  test('without the policies a rogue gets the password, so these tests can fail', async () => {
    await withoutPolicies();
    try {
      const { held } = await lured('basic without policies');
      expect(held).not.toEqual([]);
    } finally {
      await applyManifests(basic);
    }
  });

  test('with mutual TLS a rogue gets nothing, with the policies and without', async () => {
    await applyManifests(mutualTls);
    await spread();
    await reported(
      'mutual TLS on every node',
      90,
      (metrics) => label(metrics, 'secured_mirror_upstream_authentication_info', 'method') === 'mutual-tls',
    );
    expect((await lured('mutual TLS with policies')).heard).toEqual([]);
    await withoutPolicies();
    const { heard, held } = await lured('mutual TLS without policies');
    expect(heard.length).toBeGreaterThan(0);
    expect(held).toEqual([]);
    // A handshake is all that arrives, and nothing in clear.
    expect(heard.filter(({ text }) => !text.startsWith('\u0016\u0003'))).toEqual([]);
    expect(JSON.stringify(heard)).not.toMatch(/GET |authorization|Basic /i);
  });
});
