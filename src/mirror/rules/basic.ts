import { type Draft, isGiven } from '../../settings/draft';
import { checkOneOf } from '../../settings/one-of';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';

/** The credential is in one place, and policies limit whom it is handed to. */
export function checkBasic({ authentication, network }: Draft<MirrorSettings>): RuleProblem[] {
  const credential = authentication?.basic?.credential;
  const path = ['authentication', 'basic', 'credential'];
  const mistakes = credential === undefined ? [] : checkOneOf(credential, path, ['secret', 'externalSecret']);
  if (!isGiven(authentication, 'basic') || network?.policies !== false) return mistakes;
  const message =
    'basic authentication needs policies: mirrors hand the password to every peer that the router leads them to, and anybody who ' +
    'reaches the router may lead them; only policies limit both (docs/security.md): leave it out, or use mutualTls alone';
  return [...mistakes, invalidValue(['network', 'policies'], false, message)];
}
