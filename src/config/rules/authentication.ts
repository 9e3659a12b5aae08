import type { SecuredStackProps } from '../secured-stack-props';
import { type Draft, isBroken } from './draft';
import { misplaced, type RuleProblem, wrong } from './rule-problem';

/** The issuer is one of its two kinds, and one that cert-manager has. */
export function checkAuthentication({ authentication }: Draft<SecuredStackProps>): RuleProblem[] {
  const issuer = authentication?.mutualTls?.issuer;
  if (issuer === undefined) return [];
  const path = ['authentication', 'mutualTls', 'issuer'];
  if (Object.keys(issuer).length === 0) return [misplaced(path, 'caSecret or ref is missing: name one')];
  if (issuer.caSecret !== undefined && issuer.ref !== undefined) {
    return [misplaced(path, 'caSecret and ref contradict each other: keep one')];
  }
  const { kind = 'Issuer', group = 'cert-manager.io' } = issuer.ref ?? {};
  if (isBroken(issuer.ref ?? {}, 'group')) return [];
  if (group !== 'cert-manager.io' || ['Issuer', 'ClusterIssuer'].includes(kind)) return [];
  const message = 'cert-manager.io has the kinds Issuer and ClusterIssuer: for another issuer give its group too';
  return [wrong([...path, 'ref', 'kind'], kind, message)];
}
