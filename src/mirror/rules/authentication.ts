import { type Draft, hasOthers, isGiven } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { AuthenticationProps } from '../props/authentication-props';
import type { MirrorSettings } from '../props/mirror-settings';

const PATH: Path = ['authentication'];

/** A method is given; of two, one is presented; and permissive stands only where it can tell callers apart. */
export function checkAuthentication({ authentication, entry }: Draft<MirrorSettings>): RuleProblem[] {
  if (authentication === undefined) return [];
  const mistakes = [...checkMethods(authentication), ...checkPermissive(authentication)];
  if (authentication.permissive !== true || entry?.clusterIp === undefined) return mistakes;
  const message =
    "it needs the loopback entry, as plain Spegel is reached at a node's port: leave it or entry.clusterIp out";
  return [...mistakes, invalidValue([...PATH, 'permissive'], true, message)];
}

function checkMethods(authentication: Draft<AuthenticationProps>): RuleProblem[] {
  if (hasOthers(authentication, ['mutualTls', 'basic', 'present', 'permissive'])) return [];
  const { present } = authentication;
  const methods = (['basic', 'mutualTls'] as const).filter((method) => isGiven(authentication, method));
  const [method] = methods;
  if (method === undefined) {
    return [
      invalidPlace(PATH, 'basic or mutualTls is missing: name one, or both while you move from one to the other'),
    ];
  }
  if (methods.length > 1) {
    if (isGiven(authentication, 'present')) return [];
    const message =
      'both methods are given: say with present which one mirrors present to their peers, basic or mutualTls';
    return [invalidPlace([...PATH, 'present'], message)];
  }
  if (present === undefined || present === method) return [];
  const message = `${present} is not given, and ${method} is: leave present out, or give both methods`;
  return [invalidValue([...PATH, 'present'], present, message)];
}

function checkPermissive(authentication: Draft<AuthenticationProps>): RuleProblem[] {
  if (authentication.permissive !== true || !isGiven(authentication, 'basic')) return [];
  const message =
    'it contradicts basic, as the proxy could not tell a plain request with a credential from one without: leave one out';
  return [invalidValue([...PATH, 'permissive'], true, message)];
}
