import type { RuleGroup } from '../../../imports/monitoring';
import { metrics } from '../../mirror/contract/metrics';
import { alert } from './alert';

const { credentialPhase, credentialLagging, credentialValid } = metrics;
const anywhere = (metric: string) => `max by (namespace, node) (${metric})`;

/** The credential of basic authentication. */
export const rotationRules: RuleGroup = {
  name: 'secured-mirror-rotation',
  rules: [
    alert('SecuredMirrorRotationStuck', {
      expr: `${anywhere(credentialPhase.name)} > 0 or ${anywhere(credentialLagging.name)} > 0`,
      for: '1h',
      severity: 'warning',
      summary: 'The rotation of the credential does not end on {{ $labels.node }}.',
      description:
        'For an hour the node has accepted an older version beside the new one, or a peer refuses the new one.',
    }),
    alert('SecuredMirrorCredentialUnusable', {
      expr: `min by (namespace, node) (${credentialValid.name}) == 0`,
      for: '15m',
      severity: 'critical',
      summary: 'The Secret of the credential is of no use on {{ $labels.node }}.',
      description: 'The node keeps the version before it, which new nodes do not have.',
    }),
  ],
};
