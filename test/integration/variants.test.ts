import { Entry } from '../../src/mirror/props/entry-props';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { variants } from '../support';
import { Mirror } from './harness/mirror';
import { digest } from './harness/registry-requests';
import { ask, CLOSED } from './harness/request';

const long = 'a.'.repeat(120);

/** Every kind of stack that changes what Envoy reads. */
const stacks: { [title: string]: Partial<SecuredStackProps> } = {
  'with everything': { ...variants.everything },
  'for all registries': { ...variants.allRegistries },
  'without metrics': { metrics: undefined },
  'with two address families': { dualStack: true },
  'with the entry at a ClusterIP': { entry: Entry.clusterIp('10.96.77.77', 443) },
  'with the entry at another port': { entry: Entry.loopback(31_000) },
  'with many public repositories': {
    publicRepositories: [...Array(60).keys()].flatMap((n) => [`docker.io/team-${n}/*`, `ghcr.io/team/app-${n}`]),
  },
  'with long names': {
    registries: ['docker.io', `${long}example.com`],
    publicRepositories: [`docker.io/library/${long}app`, `docker.io/${long}app/*`, `${long}example.com/${long}app/*`],
  },
  'with the lowest limits': { limits: { connections: 256, requests: 16, servedMebibytesPerSecond: 1 } },
  'with the highest limits': {
    limits: { connections: 1_000_000, requests: 100_000, servedMebibytesPerSecond: 100_000 },
  },
};

describe.each(Object.entries(stacks))('a stack %s', (_, stack) => {
  let mirror: Mirror;

  beforeAll(async () => {
    mirror = await Mirror.start({ stack });
  });

  afterAll(() => mirror?.stop());

  it('is taken by Envoy whole', async () => {
    const failures = await mirror.envoy.stats(
      /(update_rejected|update_failure|key_rotation_failed|create_failure|unknown_fields)$/,
    );
    expect(Object.entries(failures).filter(([, count]) => count > 0)).toEqual([]);
    expect(await mirror.envoy.stats(/^(listener_manager.lds|cluster_manager.cds).update_success$/)).toEqual({
      'cluster_manager.cds.update_success': 1,
      'listener_manager.lds.update_success': 1,
    });
    expect(await mirror.envoy.stats(/^listener_manager.total_listeners_(active|warming)$/)).toEqual({
      'listener_manager.total_listeners_active': 9,
      'listener_manager.total_listeners_warming': 0,
    });
    // With --log-level warning, whatever is there is a complaint.
    expect(mirror.envoy.complaints).toBe('');
  });

  it('serves its own and nobody else', async () => {
    const blob = `/v2/team/app/blobs/${digest}?ns=docker.io`;
    for (const listener of ['entry', 'peers'] as const) {
      expect(await ask(mirror.listener(listener), blob)).toMatchObject({ status: 200 });
      await expect(ask(mirror.listenerFor(listener), blob)).rejects.toThrow(CLOSED);
    }
    expect(mirror.registry.seen).toHaveLength(2);
    expect(await ask(mirror.listener('health'), '/readyz')).toMatchObject({ status: 200 });
  });

  it('serves its public manifests only', async () => {
    const { publicRepositories = [] } = stack;
    for (const repository of publicRepositories.slice(0, 3)) {
      const [host, ...path] = repository.replace('*', 'anything').split('/');
      const manifest = `/v2/${path.join('/')}/manifests/latest?ns=${host}`;
      expect(await ask(mirror.listener('entry'), manifest)).toMatchObject({ status: 200 });
    }
    expect(await ask(mirror.listener('entry'), '/v2/private/manifests/latest?ns=docker.io')).toMatchObject({
      status: 404,
    });
  });
});

it('runs the version of Envoy that the stack names', async () => {
  const mirror = await Mirror.start();
  const { version } = JSON.parse(await mirror.envoy.admin('/server_info'));
  await mirror.stop();

  expect(mirror.emitted.image).toContain(`:v${version.split('/')[1]}`);
});
