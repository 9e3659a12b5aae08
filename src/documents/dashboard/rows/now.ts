import { BytesPerSecondIEC, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import { metrics } from '../../../mirror/contract/metrics';
import { records } from '../../../monitoring/records';
import { lines, numbers, type Row } from '../panels';
import { mirror, nodes, orNothing } from '../selectors';
import { ANY, atLeast, NONE } from '../thresholds';

const { peerBytes, originBytes, entryRequests } = metrics;
const ratio = (time: string) => `${records.hitRatio}${time}{${mirror}} >= 0`;
const rate = (metric: string) => `rate(${metric}{${nodes}}[$__rate_interval])`;
// Alerts about tokens have no namespace.
const firing = `ALERTS{alertname=~"SecuredMirror.*", alertstate="firing", namespace=~"$namespace|"}`;

/** What the mirror does now. */
export const now: Row = {
  title: 'Does the mirror help?',
  panels: [
    numbers({
      title: 'Which alerts fire?',
      description: 'Alerts of the mirror, and how often each fires. Good: none.',
      alerts: [],
      unit: Short,
      noValue: 'No metrics of a mirror',
      span: 8,
      queries: {
        '{{alertname}} {{severity}}': orNothing(`count by (alertname, severity) (${firing})`, 'alertname', 'none'),
      },
      thresholds: NONE,
    }),
    numbers({
      title: 'What share of the bytes comes from peers?',
      description:
        'Of all bytes that arrived on the nodes, the share that other nodes sent. A new image comes from the origin once, so more nodes and fewer new images mean a higher share.',
      alerts: ['SecuredMirrorHitRatioFell'],
      unit: PercentUnit,
      noValue: 'Nothing was pulled, or no recording rules',
      span: 16,
      queries: { '1 hour': ratio('1h'), '6 hours': ratio('6h'), '7 days': ratio('7d') },
      max: 1,
      thresholds: atLeast(0.5),
    }),
    lines(
      {
        title: 'How much do nodes get from peers, and how much from the origin?',
        description:
          'Bytes that arrive on the nodes. A rollout of a new image begins at the origin and goes on at peers. Much from the origin all the time means that pulls miss the mirror.',
        alerts: ['SecuredMirrorHitRatioFell', 'SecuredMirrorBypassed'],
        unit: BytesPerSecondIEC,
        noValue: 'No metrics of the node agents',
        span: 12,
        queries: {
          'from peers': `sum(${rate(peerBytes.name)})`,
          'from the origin': `sum(${rate(originBytes.name)})`,
        },
        thresholds: ANY,
      },
      true,
    ),
    lines({
      title: 'For which registries do nodes ask the mirror?',
      description:
        'Requests of the nodes to their entries; _default stands for all registries that stack.yaml does not list. A registry without requests is not pulled from, or its pulls go past the mirror.',
      alerts: ['SecuredMirrorBypassed'],
      unit: RequestsPerSecond,
      noValue: 'No metrics of the node agents',
      span: 12,
      queries: { '{{registry}}': `sum by (registry) (${rate(entryRequests.name)})` },
      thresholds: ANY,
    }),
  ],
};
