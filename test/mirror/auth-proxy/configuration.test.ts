import { httpListener, tcpListener } from '../../../src/mirror/envoy/authenticated-listeners';
import { httpConnectionManager } from '../../../src/mirror/envoy/http';
import { AuthenticatedListener, type IProxyAuthentication } from '../../../src/mirror/envoy/proxy-authentication';
import { containersOf, envoyFile, kind, listenersOf, type Manifest, minimal, objectsOf, podOf } from '../../support';
import { http, LISTENERS, managerOf, routesOf } from '../envoy/listeners';

const objects = objectsOf(minimal);
const listeners = listenersOf(objects);

describe('what Envoy starts with', () => {
  it('is this', () => {
    expect(envoyFile(objects, 'envoy.json')).toMatchSnapshot();
  });

  it('sheds load by the memory limit of the container, the one of a user too', () => {
    for (const memory of [undefined, '192Mi', '1Gi']) {
      const all = objectsOf({ ...minimal, ...(memory ? { resources: { proxy: { limits: { memory } } } } : {}) });
      const limit = containersOf(podOf(all)).find(({ name }: Manifest) => name === 'proxy').resources.limits.memory;
      const mebibytes = limit === '1Gi' ? 1024 : Number.parseInt(limit, 10);
      const { resource_monitors: monitors } = envoyFile(all, 'envoy.json').overload_manager;
      // 96 MiB are no heap.
      expect(monitors[0].typed_config.max_heap_size_bytes).toBe((mebibytes - 96) * 2 ** 20);
    }
  });

  it('makes new pods when it changes, unlike listeners and clusters', () => {
    const hash = (props: object) =>
      kind(objectsOf({ ...minimal, ...props }), 'DaemonSet')[0].spec.template.metadata.annotations[
        'secured-mirror/config-hash'
      ];
    expect(hash({ limits: { connections: 300 } })).not.toBe(hash({}));
    const pod = {
      podLabels: { a: 'b' },
      podAnnotations: { a: 'b' },
      logLevel: { proxy: 'debug' },
      imagePullPolicy: 'Always',
    };
    expect(hash(pod)).toBe(hash({}));
    expect(hash({ limits: { servedMebibytesPerSecond: 300 } })).toBe(hash({}));
    expect(hash({ publicRepositories: ['docker.io/library/*'] })).toBe(hash({}));
  });
});

describe('the listeners', () => {
  it('are those of which the files beside this one tell what they are', () => {
    expect(Object.keys(listeners).sort()).toEqual(Object.values(LISTENERS).flat().sort());
  });

  it('take strict requests only and let nothing last for ever', () => {
    expect(httpConnectionManager({ name: 'x', routes: [] })).toMatchSnapshot();
    for (const name of http.filter((one) => one !== 'health')) {
      expect(managerOf(listeners[name])).toMatchObject({
        codec_type: 'HTTP1',
        normalize_path: true,
        merge_slashes: true,
        path_with_escaped_slashes_action: 'REJECT_REQUEST',
        request_headers_timeout: '5s',
        request_timeout: '15s',
        stream_idle_timeout: '30s',
        max_request_headers_kb: 16,
        common_http_protocol_options: {
          idle_timeout: '75s',
          max_connection_duration: '600s',
          max_stream_duration: '1800s',
          max_headers_count: 64,
          headers_with_underscores_action: 'REJECT_REQUEST',
        },
      });
    }
  });

  it('end a connection to health after one answer, or a second or two', () => {
    expect(managerOf(listeners.health)).toMatchObject({
      codec_type: 'HTTP1',
      normalize_path: true,
      request_headers_timeout: '1s',
      delayed_close_timeout: '0.1s',
      max_request_headers_kb: 16,
      common_http_protocol_options: {
        max_requests_per_connection: 1,
        idle_timeout: '1s',
        max_connection_duration: '2s',
      },
    });
  });

  it.each(['entry', 'peers', 'router', 'metrics'])('%s cuts off a silent caller', (name) => {
    const { filter_chains, listener_filters_timeout } = listeners[name];
    expect(listener_filters_timeout).toBe('5s');
    expect(filter_chains[0].transport_socket_connect_timeout).toBe('5s');
  });

  it.each(['router', 'egress-router'])('%s ends connections after ten minutes', (name) => {
    expect(managerOf(listeners[name]).max_downstream_connection_duration).toBe('600s');
  });

  it.each(http)('tell a refused caller 404 at the entry alone: %s', (name) => {
    const statuses = managerOf(listeners[name]).local_reply_config.mappers.map((one: Manifest) => one.status_code);
    expect(statuses).toEqual(name === 'entry' ? [404, undefined] : [undefined]);
  });

  it('answer 404 to a request that matches no route', () => {
    for (const name of ['entry', 'peers', 'metrics', 'health']) {
      expect(routesOf(listeners[name]).at(-1)).toEqual({ match: { prefix: '/' }, direct_response: { status: 404 } });
    }
  });

  it('keep health open when the proxy is full, and what the pod itself dials for it, and nothing else', () => {
    const open = Object.entries(listeners).filter(([, { bypass_overload_manager }]) => bypass_overload_manager);
    expect(open.map(([name]) => name).sort()).toEqual(['agent-counts', 'agent-report', 'health']);
  });

  it('show nothing but metrics of Spegel, of Envoy and of the node agent', () => {
    const [spegel, proxy, agent, ...rest] = routesOf(listeners.metrics);
    expect(spegel.match.path).toBe('/metrics');
    expect(proxy.match.path).toBe('/metrics/proxy');
    expect(proxy.route.prefix_rewrite).toBe('/stats/prometheus');
    expect(agent.match.path).toBe('/metrics/agent');
    expect(rest).toHaveLength(1);
  });

  it('let nothing of Spegel’s own Authorization header out', () => {
    const [first] = managerOf(listeners['egress-registry']).http_filters;
    expect(first.typed_config.mutations).toEqual({ request_mutations: [{ remove: 'authorization' }] });
  });

  it('let nothing of a peer in that Spegel would follow', () => {
    const [, second] = managerOf(listeners['egress-registry']).http_filters;
    const response_mutations = ['location', 'www-authenticate'].map((remove) => ({ remove }));
    expect(second.typed_config.mutations).toEqual({ response_mutations });
  });

  it('limit the rate towards peers only with the setting', () => {
    const filters = (limits: object) =>
      managerOf(listenersOf(objectsOf({ ...minimal, limits })).peers).http_filters.map((f: Manifest) => f.typed_config);
    expect(filters({})).toHaveLength(1);
    expect(filters({ servedMebibytesPerSecond: 50 })[0]).toMatchObject({ enable_mode: 'RESPONSE', limit_kbps: 51_200 });
  });

  it('authenticate a request before any other filter, where a method does so in HTTP', () => {
    const filter = (name: string) => ({ name, typed_config: { '@type': name } });
    const authentication = {
      filterChains: () => [{ httpFilters: [filter('basic')] }],
    } as unknown as IProxyAuthentication;
    const listener = httpListener(
      AuthenticatedListener.ENTRY,
      { authentication, address: '0.0.0.0', port: 1 },
      { name: 'x', filters: [filter('limit')], routes: [] },
    );
    const names = managerOf(listener).http_filters.map(({ name }: Manifest) => name);
    expect(names).toEqual(['basic', 'limit', 'envoy.filters.http.router']);
  });

  it('refuse an authentication of HTTP in front of plain TCP', () => {
    const authentication = {
      filterChains: () => [{ httpFilters: [{ name: 'basic', typed_config: { '@type': 'basic' } }] }],
    } as unknown as IProxyAuthentication;
    expect(() =>
      tcpListener(AuthenticatedListener.ROUTER, { authentication, address: '0.0.0.0', port: 1 }, 'x'),
    ).toThrow('the filter chain of router needs HTTP filters (got 1), but it carries plain TCP');
  });
});

describe('the proxy’s container', () => {
  const proxy = containersOf(podOf(objects)).find(({ name }) => name === 'proxy');

  it('is this', () => {
    expect(proxy).toMatchSnapshot();
  });

  it('may take as much memory as its limits of requests and connections allow', () => {
    const limitOf = (limits: object) => {
      const pod = podOf(objectsOf({ ...minimal, limits }));
      return containersOf(pod).find(({ name }) => name === 'proxy').resources.limits.memory;
    };
    expect(limitOf({})).toBe('1574Mi');
    expect(limitOf({ requests: 2000 })).toBe('3228Mi');
    expect(limitOf({ connections: 1010 })).toBe('1075Mi');
  });

  it('is found frozen within half a minute, by a probe that no flood on its ports reaches', () => {
    const times = { periodSeconds: 10, timeoutSeconds: 8, failureThreshold: 2, terminationGracePeriodSeconds: 1 };
    expect(proxy.livenessProbe).toMatchObject(times);
    expect(proxy.livenessProbe.exec.command.join(' ')).toMatch(
      /^bash -c exec 3<>[/]dev[/]tcp[/]127[.]0[.]0[.]1[/]15003 /,
    );
    expect(proxy.startupProbe.exec).toEqual(proxy.livenessProbe.exec);
  });
});
