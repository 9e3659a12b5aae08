import type { RuleGroup } from '../../../imports/monitoring';
import { ports } from '../../mirror/contract/ports';
import { budgets } from '../../mirror/envoy/budgets';
import { AuthenticatedListener } from '../../mirror/envoy/proxy-authentication';
import type { ResolvedLimits } from '../../mirror/resolved';
import { jobs } from '../jobs';
import { records } from '../records';
import { alert } from './alert';

/** Share of a limit above which a proxy is near it. */
export const NEAR_LIMIT = 0.8;

/**
 * How much of its limits a proxy uses.
 *
 * @param limits the limits
 */
export function limitRules(limits: ResolvedLimits): RuleGroup {
  const job = `job="${jobs.proxy}"`;
  const used = (resource: string, metric: string, limit: number) => ({
    record: records.proxyUsed,
    expr: `max by (namespace, node) (${metric}) / ${limit}`,
    labels: { resource },
  });
  const connections = (listener: AuthenticatedListener) =>
    used(
      `connections-${listener}`,
      `envoy_listener_downstream_cx_active{${job}, envoy_listener_address=~".*_${ports.listeners[listener]}"}`,
      budgets(limits)[listener] ?? 0,
    );
  const requests = (prefix: string) =>
    used(
      `requests-${prefix}`,
      `envoy_http_downstream_rq_active{${job}, envoy_http_conn_manager_prefix="${prefix}"}`,
      limits.requests,
    );
  return {
    name: 'secured-mirror-limits',
    rules: [
      used('memory', `envoy_overload_envoy_resource_monitors_fixed_heap_pressure{${job}}`, 100),
      ...Object.values(AuthenticatedListener).map(connections),
      requests('peers'),
      requests('egress-registry'),
      alert('SecuredMirrorProxyNearLimit', {
        expr: `${records.proxyUsed} > ${NEAR_LIMIT}`,
        for: '10m',
        severity: 'warning',
        summary:
          'The proxy on {{ $labels.node }} uses {{ $value | humanizePercentage }} of its limit: {{ $labels.resource }}.',
        description: 'At its limit it refuses, and pulls go to the origin.',
      }),
    ],
  };
}
