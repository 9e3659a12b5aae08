import { type Draft, isBroken, isGiven } from '../../settings/draft';
import { checkOneOf } from '../../settings/one-of';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { CertificatePolicyProps } from '../props/certificate-policy-props';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

const PATH: Path = ['authentication', 'mutualTls'];

/** Certificates come from one place, in time, and are trusted by one bundle. */
export function checkMutualTls({ authentication }: Draft<MirrorSettings>): RuleProblem[] {
  const mutualTls = authentication?.mutualTls;
  if (mutualTls === undefined) return [];
  const { certificates, trust } = mutualTls;
  const mistakes = checkOneOf(mutualTls, PATH, ['issuer', 'secrets'], ['certificates', 'trust', 'trustDomain']);
  if (trust !== undefined) mistakes.push(...checkOneOf(trust, [...PATH, 'trust'], ['configMap', 'secret'], ['key']));
  if (isGiven(mutualTls, 'certificates') && isGiven(mutualTls, 'secrets') && !isGiven(mutualTls, 'issuer')) {
    const message =
      'it is what cert-manager is asked for, and with secrets you make certificates yourself: leave it out';
    mistakes.push(invalidPlace([...PATH, 'certificates'], message));
  }
  return [...mistakes, ...checkRenewal(certificates ?? {})];
}

function checkRenewal(certificates: Draft<CertificatePolicyProps>): RuleProblem[] {
  const { duration = mirrorDefaults.certificates.duration, renewBefore = '0h' } = certificates;
  if (isBroken(certificates, 'duration') || Number.parseInt(renewBefore, 10) < Number.parseInt(duration, 10)) return [];
  const message = `certificates are valid for ${duration} (duration), so they would be renewed all the time: make it smaller`;
  return [invalidValue([...PATH, 'certificates', 'renewBefore'], renewBefore, message)];
}
