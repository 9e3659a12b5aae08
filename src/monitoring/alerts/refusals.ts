import type { Rule, RuleGroup } from '../../../imports/monitoring';
import { metrics } from '../../mirror/contract/metrics';
import { ports } from '../../mirror/contract/ports';
import { jobs } from '../jobs';
import { records } from '../records';
import { alert } from './alert';

const { peers, router, entry, metrics: scrapers } = ports.listeners;
const LISTENERS = { peers, router, entry, metrics: scrapers };

/** Counters of a listener, by the reason that they stand for. */
const BY_LISTENER = {
  'unknown-ca': 'ssl_fail_verify_error',
  'wrong-identity': 'ssl_fail_verify_san',
  'no-certificate': 'ssl_fail_verify_no_cert',
  handshake: 'ssl_connection_error',
  connections: 'downstream_cx_overflow',
  memory: 'downstream_cx_overload_reject',
};

/** Reasons that are limits, not strangers. */
const LIMITS = 'connections|memory|requests';

const job = `job="${jobs.proxy}"`;
const recorded = (listener: string, reason: string, metric: string): Rule => ({
  record: records.refusals,
  expr: `sum by (namespace, node) (rate(${metric}[5m]))`,
  labels: { listener, reason },
});

const byListener = Object.entries(LISTENERS).flatMap(([listener, port]) =>
  Object.entries(BY_LISTENER).map(([reason, counter]) =>
    recorded(listener, reason, `envoy_listener_${counter}{${job}, envoy_listener_address=~".*_${port}"}`),
  ),
);

/** Requests without a right password; and all of them while the proxy knows no password. */
const byPassword = ['entry', 'peers', 'metrics'].flatMap((listener) =>
  Object.entries({ credential: 'basic_auth', 'no-credential': 'rbac' }).map(([reason, filter]) =>
    recorded(listener, reason, `envoy_http_${filter}_denied{${job}, envoy_http_conn_manager_prefix="${listener}"}`),
  ),
);

/** Who is refused at which listener, and why; `to-peers` are the requests of this node that end at a peer. */
export const refusalRules: RuleGroup = {
  name: 'secured-mirror-refusals',
  rules: [
    ...byListener,
    ...byPassword,
    recorded('peers', 'requests', `envoy_cluster_upstream_rq_pending_overflow{${job}, envoy_cluster_name="spegel"}`),
    recorded(
      'to-peers',
      'requests',
      `envoy_cluster_upstream_rq_pending_overflow{${job}, envoy_cluster_name="peer-registry"}`,
    ),
    recorded(
      'to-peers',
      'credential',
      `envoy_cluster_upstream_rq{${job}, envoy_cluster_name="peer-registry", envoy_response_code="401"}`,
    ),
    recorded('to-peers', 'handshake', `envoy_cluster_ssl_connection_error{${job}, envoy_cluster_name="peer-registry"}`),
    recorded(
      'to-peers',
      'unknown-ca',
      `envoy_cluster_ssl_fail_verify_error{${job}, envoy_cluster_name="peer-registry"}`,
    ),
    recorded(
      'to-peers',
      'wrong-identity',
      `envoy_cluster_ssl_fail_verify_san{${job}, envoy_cluster_name="peer-registry"}`,
    ),
    alert('SecuredMirrorRefusals', {
      expr: `sum by (namespace, listener, reason) (${records.refusals}{reason!~"${LIMITS}"}) > 0.1`,
      for: '15m',
      severity: 'warning',
      summary: 'Mirrors refuse {{ $value | humanize }} a second at {{ $labels.listener }}: {{ $labels.reason }}.',
      description: 'Somebody knocks without the right identity, or nodes have lost theirs.',
    }),
    alert('SecuredMirrorLimitReached', {
      expr: `sum by (namespace, node, listener, reason) (${records.refusals}{reason=~"${LIMITS}"}) > 0`,
      for: '10m',
      severity: 'warning',
      summary: 'The mirror on {{ $labels.node }} sheds load at {{ $labels.listener }}: {{ $labels.reason }}.',
      description: 'A limit refuses requests, which go to the origin.',
    }),
    alert('SecuredMirrorUnauthenticated', {
      expr: `sum by (namespace, listener, source) (rate(${metrics.unauthenticatedRequests.name}[1h])) > 0`,
      for: '1h',
      severity: 'info',
      summary: '{{ $labels.source }} asks the {{ $labels.listener }} without authentication.',
      description: 'Permissive mode serves it still. It will be refused when you end this mode.',
    }),
  ],
};
