import { DynamicFile, fileName } from '../../src/mirror/contract/dynamic-files';
import { PUBLISHED_PATH } from '../../src/mirror/contract/http';
import { files } from '../../src/mirror/envoy/bootstrap';
import { report } from './harness/dynamic-files';
import type { Emitted } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, isClosedTo } from './harness/request';
import { until } from './harness/until';

let mirror: Mirror | undefined;

afterEach(() => mirror?.stop());

interface Bootstrap {
  readonly overload_manager: {
    readonly resource_monitors: { typed_config: { max_heap_size_bytes?: number } }[];
    actions: { name: string }[];
  };
}

/** A proxy that has more heap than it may, with these actions alone. */
async function overloaded(...names: string[]): Promise<Mirror> {
  const change = (emitted: Emitted): Emitted => ({
    ...emitted,
    mounts: emitted.mounts.map((mount) => {
      const text = mount.files?.[files.bootstrap];
      if (text === undefined) return mount;
      const bootstrap: Bootstrap = JSON.parse(text);
      const { overload_manager: overload } = bootstrap;
      for (const { typed_config: config } of overload.resource_monitors) {
        if (config.max_heap_size_bytes) config.max_heap_size_bytes = 1024;
      }
      overload.actions = overload.actions.filter(({ name }) => names.some((one) => name.endsWith(one)));
      expect(overload.actions).toHaveLength(names.length);
      return { ...mount, files: { ...mount.files, [files.bootstrap]: JSON.stringify(bootstrap) } };
    }),
  });
  mirror = await Mirror.start({
    change,
    dynamicFiles: { [fileName(DynamicFile.REPORT)]: report('all of them\n', '200') },
  });
  const action = `overload.envoy.overload_actions.${names.at(-1)}.active`;
  await until('it sheds load', async () => (await mirror?.envoy.stat(action)) === 1);
  return mirror;
}

async function probesPass(short: Mirror): Promise<void> {
  for (const path of ['/healthz', '/readyz', PUBLISHED_PATH]) {
    expect(await ask(short.listener('health'), path)).toMatchObject({ status: 200 });
  }
}

it.each(['entry', 'peers'] as const)(
  '%s: a proxy that is short of memory refuses requests without a word',
  async (name) => {
    const short = await overloaded('stop_accepting_requests');
    expect(await ask(short.listener(name), blob)).toMatchObject({ status: 503, body: '' });
    expect(short.registry.seen).toEqual([]);
    await probesPass(short);
  },
);

it.each(['entry', 'peers'] as const)('%s: and at last connections, but never a probe', async (name) => {
  const short = await overloaded('shrink_heap', 'disable_http_keepalive', 'reject_incoming_connections');
  expect(await isClosedTo(short.listener(name), blob)).toBe(true);
  await probesPass(short);
});
