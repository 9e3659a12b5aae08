import { RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import { metrics } from '../../../mirror/contract/metrics';
import { records } from '../../../monitoring/records';
import { lines, type Row } from '../panels';
import { nodes, orNothing } from '../selectors';
import { ANY } from '../thresholds';

const refused = `sum by (listener, reason) (${records.refusals}{${nodes}})`;
const unauthenticated = `rate(${metrics.unauthenticatedRequests.name}{${nodes}}[$__rate_interval])`;

/** Who is refused. */
export const refusals: Row = {
  title: 'Who is refused?',
  panels: [
    lines({
      title: 'At which listener are callers refused, and why?',
      description:
        'Refusals by reason and listener; to-peers has what ends at a peer. Good: none. unknown-ca, wrong-identity, no-certificate and credential are callers without the right identity; connections, requests and memory are limits.',
      alerts: ['SecuredMirrorRefusals', 'SecuredMirrorLimitReached'],
      unit: RequestsPerSecond,
      noValue: 'No recording rules',
      span: 12,
      queries: { '{{reason}} {{listener}}': orNothing(`(${refused} > 0)`, 'reason', 'none') },
      thresholds: ANY,
    }),
    lines({
      title: 'Who asks without authentication?',
      description:
        'In permissive mode, requests without authentication that were served, by source address: the ten with the most. Good: nobody, before you end this mode. Outside of permissive mode always nobody.',
      alerts: ['SecuredMirrorUnauthenticated'],
      unit: RequestsPerSecond,
      noValue: 'No metrics of the node agents',
      span: 12,
      queries: {
        '{{source}} {{listener}}': orNothing(
          `topk(10, sum by (source, listener) (${unauthenticated}))`,
          'source',
          'nobody',
        ),
      },
      thresholds: ANY,
    }),
  ],
};
