import { PercentUnit, RequestsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { NEAR_LIMIT } from '../../../monitoring/alerts/limits';
import { jobs } from '../../../monitoring/jobs';
import { records } from '../../../monitoring/records';
import { lines, type Row } from '../panels';
import { nodes, proxies } from '../selectors';
import { ANY, from } from '../thresholds';

const ENTRY = `${proxies}, envoy_http_conn_manager_prefix="entry"`;
const quantile = (share: number, buckets: string) =>
  `histogram_quantile(${share}, sum by (le) (rate(${buckets}[$__rate_interval])))`;
const asked = (share: number) => `${quantile(share, `envoy_http_downstream_rq_time_bucket{${ENTRY}}`)} / 1000 >= 0`;

/** How much the proxies have to do. */
export const limits: Row = {
  title: 'Are proxies near their limits, and fast?',
  panels: [
    lines({
      title: 'How much of their limits do proxies use?',
      description:
        'Memory, connections of each listener, and requests, each on the node that uses the most. At a limit a proxy refuses, and pulls go to the origin.',
      alerts: ['SecuredMirrorProxyNearLimit', 'SecuredMirrorLimitReached'],
      unit: PercentUnit,
      noValue: 'No recording rules',
      span: 8,
      queries: { '{{resource}}': `max by (resource) (${records.proxyUsed}{${nodes}})` },
      max: 1,
      thresholds: from(NEAR_LIMIT),
    }),
    lines({
      title: 'What does the entry answer?',
      description:
        '2xx came from a peer. 4xx sent containerd to the origin: manifests of repositories that are not public always, layers when no peer has them. 5xx are failures: the log of the container proxy says why.',
      alerts: [],
      unit: RequestsPerSecond,
      noValue: 'No metrics of the proxies',
      span: 8,
      queries: {
        '{{envoy_response_code_class}}xx': `sum by (envoy_response_code_class) (rate(envoy_http_downstream_rq_xx{${ENTRY}, envoy_response_code_class=~"2|4|5"}[$__rate_interval]))`,
      },
      thresholds: ANY,
    }),
    lines({
      title: 'How long do answers take?',
      description:
        'Requests at the entry to the last byte, so large layers take longer, and how long Spegel looks for a peer. A search that takes seconds holds up each pull.',
      alerts: [],
      unit: Seconds,
      noValue: 'Nobody asked the mirror',
      span: 8,
      queries: {
        'half of the requests': asked(0.5),
        '95 % of the requests': asked(0.95),
        '95 % of the searches for a peer': `${quantile(0.95, `spegel_resolve_duration_seconds_bucket{job="${jobs.spegel}", ${nodes}}`)} >= 0`,
      },
      thresholds: ANY,
    }),
  ],
};
