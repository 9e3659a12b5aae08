import { BytesPerSecondIEC, PercentUnit, Short } from '@grafana/grafana-foundation-sdk/units';
import { metrics, registryStates } from '../../../mirror/contract/metrics';
import { LEFT } from '../../../monitoring/alerts/alert';
import { NEAR_LIMIT } from '../../../monitoring/alerts/limits';
import { jobs } from '../../../monitoring/jobs';
import { records } from '../../../monitoring/records';
import { numbers, type Row, table } from '../panels';
import { nodes as chosen, nodesWith } from '../selectors';
import { ANY, from, NONE, rest } from '../thresholds';

const most = (series: string) => `max by (node) (${series})`;
const of = (metric: string) => most(`${metric}{${chosen}}`);
const inState = (state: keyof typeof registryStates) =>
  most(`${metrics.registries.name}{${chosen}, state="${registryStates[state]}"}`);
const read = `min by (node) (up{job=~"${Object.values(jobs).join('|')}", ${chosen}})`;

/** Whether each node uses its mirror. */
export const nodes: Row = {
  title: 'Does every node use its mirror?',
  panels: [
    numbers({
      title: 'How many nodes are well, and how many are not?',
      description:
        'Nodes whose mirror answers Prometheus, and nodes with a problem. Good: all answer, and the other numbers are 0. A node without its mirror pulls from the origin.',
      alerts: [
        'SecuredMirrorNotScraped',
        'SecuredMirrorWithdrawn',
        'SecuredMirrorRegistryRefused',
        'SecuredMirrorBypassed',
      ],
      unit: Short,
      noValue: 'Prometheus has no targets of the mirror',
      span: 24,
      queries: {
        answer: nodesWith(read, '== 1'),
        'do not answer': nodesWith(read, '== 0'),
        'mirror withdrawn': nodesWith(inState('waiting'), '> 0'),
        'registry refused': nodesWith(inState('refused'), '> 0'),
        bypassed: nodesWith(of(metrics.bypassed.name), '> 0'),
      },
      thresholds: NONE,
    }).overrideByName('answer', [{ id: 'thresholds', value: { mode: 'absolute', steps: [...ANY] } }]),
    table(
      'node',
      {
        title: 'Which node needs a look?',
        description:
          'Each node now: registries by the state of their settings, whether pulls go past the mirror, what it gets and serves, and the rest of its limits and certificates. Coloured numbers need a look.',
        alerts: ['SecuredMirrorWithdrawn', 'SecuredMirrorBypassed', 'SecuredMirrorProxyNearLimit'],
        unit: Short,
        noValue: '-',
        span: 24,
        queries: {
          published: inState('published'),
          withdrawn: inState('waiting'),
          refused: inState('refused'),
          'past it': of(metrics.bypassed.name),
          'from peers since its start': of(metrics.hitRatio.name),
          'serves to peers': most(`rate(${metrics.servedBytes.name}{${chosen}}[5m])`),
          'limit used': of(records.proxyUsed),
          'certificate left': `min by (node) (${records.certificateLeft}{${chosen}})`,
        },
        thresholds: ANY,
      },
      {
        withdrawn: { unit: Short, thresholds: NONE },
        refused: { unit: Short, thresholds: NONE },
        'past it': { unit: Short, thresholds: NONE },
        'from peers since its start': { unit: PercentUnit, thresholds: ANY },
        'serves to peers': { unit: BytesPerSecondIEC, thresholds: ANY },
        'limit used': { unit: PercentUnit, thresholds: from(NEAR_LIMIT) },
        'certificate left': { unit: PercentUnit, thresholds: rest(LEFT.slice(0, 2)) },
      },
    ),
  ],
};
