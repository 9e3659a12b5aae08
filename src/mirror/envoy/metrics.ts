import type { Route } from './envoy';
import { method } from './http';

/** Paths of the metrics listener. */
export const metricsPaths = { spegel: '/metrics', proxy: '/metrics/proxy', agent: '/metrics/agent' };

/** Metrics of Spegel, of the proxy and of the node agent, and nothing else of what stands beside them: no profiles, no debug page, no administration. */
export function metricsRoutes(): Route[] {
  const get = (path: string) => ({ match: { path, headers: [method('GET')] } });
  return [
    { ...get(metricsPaths.spegel), route: { cluster: 'spegel-metrics', timeout: '10s' } },
    {
      ...get(metricsPaths.proxy),
      route: { cluster: 'admin', timeout: '10s', prefix_rewrite: '/stats/prometheus' },
    },
    { ...get(metricsPaths.agent), route: { cluster: 'agent-report', timeout: '10s' } },
  ];
}
