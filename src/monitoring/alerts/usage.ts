import type { RuleGroup } from '../../../imports/monitoring';
import { metrics, registryStates } from '../../mirror/contract/metrics';
import { jobs } from '../jobs';
import { records } from '../records';
import { alert } from './alert';

/** Bytes that must have arrived in the time that is looked at: less says nothing. */
const ENOUGH = 2 ** 30;

const rate = (metric: string, time: string) => `sum by (namespace) (rate(${metric}[${time}]))`;
const { peerBytes, originBytes, bypassed, registries } = metrics;

/** Share of the bytes from peers over a time. */
const ratio = (time: string) => ({
  record: `${records.hitRatio}${time}`,
  expr: `${rate(peerBytes.name, time)} / (${rate(peerBytes.name, time)} + ${rate(originBytes.name, time)})`,
});

/** Whether nodes use their mirrors, and what it saves. */
export const usageRules: RuleGroup = {
  name: 'secured-mirror-usage',
  rules: [
    ratio('1h'),
    ratio('6h'),
    ratio('7d'),
    alert('SecuredMirrorNotScraped', {
      expr: `up{job=~"${Object.values(jobs).join('|')}"} == 0`,
      for: '15m',
      severity: 'warning',
      summary: 'The metrics of the mirror on {{ $labels.node }} cannot be read ({{ $labels.job }}).',
      description: 'Prometheus has had no answer for 15 minutes, so the other alerts say nothing about this node.',
    }),
    alert('SecuredMirrorHitRatioFell', {
      expr:
        `${records.hitRatio}6h < 0.5 * ${records.hitRatio}7d and on (namespace) ` +
        `sum by (namespace) (increase(${peerBytes.name}[6h]) + increase(${originBytes.name}[6h])) > ${ENOUGH}`,
      for: '1h',
      severity: 'warning',
      summary: 'Peers serve {{ $value | humanizePercentage }} of the bytes, less than half of what they did.',
      description: 'For 6 hours the share of the bytes from peers was less than half of its mean over 7 days.',
    }),
    alert('SecuredMirrorBypassed', {
      expr: `max by (namespace, node, registry) (${bypassed.name}) == 1`,
      for: '1h',
      severity: 'warning',
      summary: 'Pulls from {{ $labels.registry }} on {{ $labels.node }} go past the mirror.',
      description: 'Content arrives on the node, and containerd does not ask the entry for it.',
    }),
    alert('SecuredMirrorWithdrawn', {
      expr: `sum by (namespace, node) (${registries.name}{state="${registryStates.waiting}"}) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'The node agent on {{ $labels.node }} has withdrawn the mirror from {{ $value }} of the registries.',
      description: 'containerd pulls from the origin: the agent found no mirror that it could lead it to.',
    }),
    alert('SecuredMirrorRegistryRefused', {
      expr: `sum by (namespace, node) (${registries.name}{state="${registryStates.refused}"}) > 0`,
      for: '1h',
      severity: 'info',
      summary: 'On {{ $labels.node }} settings of others keep the mirror from {{ $value }} of the registries.',
      description: 'The node has registry settings that are not ours, and the agent leaves them alone.',
    }),
  ],
};
