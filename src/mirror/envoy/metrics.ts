import { metricsPaths } from '../contract/http';
import { method } from './http';
import type { Route } from './types';

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
