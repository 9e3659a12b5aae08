import { type Draft, hasOthers, isGiven } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { AuthenticationProps } from '../props/authentication-props';
import type { MirrorSettings } from '../props/mirror-settings';

const PATH: Path = ['authentication'];

/** A way is given; of two, which one is presented; and permissive stands where it can tell who is who. */
export function checkAuthentication({ authentication, entry }: Draft<MirrorSettings>): RuleProblem[] {
  if (authentication === undefined) return [];
  const mistakes = [...checkWays(authentication), ...checkPermissive(authentication)];
  if (authentication.permissive !== true || entry?.clusterIp === undefined) return mistakes;
  const message =
    "it needs the loopback entry, as plain Spegel is reached at a node's port: leave it or entry.clusterIp out";
  return [...mistakes, invalidValue([...PATH, 'permissive'], true, message)];
}

function checkWays(authentication: Draft<AuthenticationProps>): RuleProblem[] {
  if (hasOthers(authentication, ['mutualTls', 'basic', 'present', 'permissive'])) return [];
  const { present } = authentication;
  const ways = (['basic', 'mutualTls'] as const).filter((way) => isGiven(authentication, way));
  const [way] = ways;
  if (way === undefined) {
    return [
      invalidPlace(PATH, 'basic or mutualTls is missing: name one, or both while you move from one to the other'),
    ];
  }
  if (ways.length > 1) {
    if (isGiven(authentication, 'present')) return [];
    const message = 'both ways are given: say with present which one mirrors show to their peers, basic or mutualTls';
    return [invalidPlace([...PATH, 'present'], message)];
  }
  if (present === undefined || present === way) return [];
  const message = `${present} is not given, and ${way} is: leave present out, or give both ways`;
  return [invalidValue([...PATH, 'present'], present, message)];
}

function checkPermissive(authentication: Draft<AuthenticationProps>): RuleProblem[] {
  if (authentication.permissive !== true || !isGiven(authentication, 'basic')) return [];
  const message =
    'it contradicts basic, as a plain request with a credential could not be told from one without: leave one out';
  return [invalidValue([...PATH, 'permissive'], true, message)];
}
