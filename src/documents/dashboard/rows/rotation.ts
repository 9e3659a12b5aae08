import { Short } from '@grafana/grafana-foundation-sdk/units';
import { metrics } from '../../../mirror/contract/metrics';
import { records } from '../../../monitoring/records';
import { lines, numbers, type Row } from '../panels';
import { mirror, nodes, nodesWith } from '../selectors';
import { from, NONE } from '../thresholds';

const { credentialPhase, credentialLagging, credentialValid, credentialVersionInfo, identityInfo } = metrics;
const most = (metric: string) => `max by (node) (${metric}{${nodes}})`;
const versions = (label: string, metric: string) => `count(count by (${label}) (${metric}{${nodes}}))`;

/** Whether a rotation goes on. */
export const rotation: Row = {
  title: 'Does a rotation go on?',
  panels: [
    numbers({
      title: 'How far are nodes in the rotation of the credential?',
      description:
        'Nodes by the phase of the rotation. Good: all 0, or a rotation that ends within an hour. A node that lags behind or has an unusable Secret needs somebody.',
      alerts: ['SecuredMirrorRotationStuck', 'SecuredMirrorCredentialUnusable'],
      unit: Short,
      noValue: 'No credential: mutual TLS alone',
      span: 12,
      queries: {
        'accept old and new': nodesWith(most(credentialPhase.name), '== 1'),
        'present the new one': nodesWith(most(credentialPhase.name), '== 2'),
        'lag behind': nodesWith(most(credentialLagging.name), '> 0'),
        'cannot use the Secret': nodesWith(`min by (node) (${credentialValid.name}{${nodes}})`, '== 0'),
      },
      thresholds: NONE,
    }).height(8),
    lines({
      title: 'How many versions are in use?',
      description:
        'CAs that mirrors trust, certificates that they present, and versions of the credential that they send. Good: one of each; two while a change is under way.',
      alerts: ['SecuredMirrorCaChangeStuck', 'SecuredMirrorRotationStuck'],
      unit: Short,
      noValue: 'No metrics of the node agents',
      span: 12,
      queries: {
        'trusted CAs': `max(${records.trustedCas}{${mirror}})`,
        certificates: versions('version', identityInfo.name),
        credentials: versions('presented', credentialVersionInfo.name),
      },
      thresholds: from(2),
    }),
  ],
};
