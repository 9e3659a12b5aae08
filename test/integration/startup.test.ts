import { Authority } from './harness/certificates';
import { emit } from './harness/emitted';
import { Mirror } from './harness/mirror';
import type { Files } from './harness/mounted-folder';
import { blob } from './harness/registry-requests';
import { ask, CLOSED, type Target } from './harness/request';
import { until } from './harness/until';

const stranger = new Authority().issue({ usages: ['client auth'] });

/** Shut in one of two ways: nobody listens, or whoever comes is sent away. */
const SHUT = new RegExp(`ECONNREFUSED|${CLOSED.source}`);

const authority = new Authority();
const { certificates } = emit();
const good = (secretName: string): Files => {
  const spec = certificates[secretName];
  return spec ? { ...authority.issue(spec) } : {};
};
const { 'ca.crt': _, ...withoutCa } = good('mirror-server');

/** Starts a mirror whose entry cannot work and tries the entry on all sides. */
async function startShut(entry: Files): Promise<Mirror> {
  const mirror = await Mirror.start({ authority, secrets: { 'mirror-server': entry } });
  const shut: Target[] = [
    mirror.listener('entry'),
    mirror.listener('metrics'),
    mirror.listenerFor('entry'),
    mirror.listenerFor('entry', stranger),
    { port: mirror.listenerFor('entry').port },
  ];
  for (const target of shut) {
    await expect(ask(target, blob)).rejects.toThrow(SHUT);
  }
  expect(mirror.registry.seen).toEqual([]);
  expect(await ask(mirror.listener('health'), '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(mirror.listener('peers'), blob)).toMatchObject({ status: 200 });
  return mirror;
}

let mirror: Mirror | undefined;

afterEach(async () => {
  await mirror?.stop();
  mirror = undefined;
});

it.each<[string, Files]>([
  ['that is empty, or does not exist yet,', {}],
  ['without a CA', withoutCa],
  ['with an empty CA', { ...good('mirror-server'), 'ca.crt': '' }],
  ['with a CA that is none', { ...good('mirror-server'), 'ca.crt': 'hello' }],
  ['with a certificate that is none', { ...good('mirror-server'), 'tls.crt': 'hello' }],
  ['with the key of another', { ...good('mirror-server'), 'tls.key': good('mirror-peer')['tls.key'] ?? '' }],
])('a Secret %s shuts the entry, and nothing else, until it is mended', async (_title, spoilt) => {
  const running = await startShut(spoilt);
  mirror = running;

  running.envoy.changeSecret('mirror-server', good('mirror-server'));
  await until('the entry is open', async () => (await ask(running.listener('entry'), blob)).status === 200);
  await expect(ask(running.listenerFor('entry', stranger), blob)).rejects.toThrow(SHUT);
});
