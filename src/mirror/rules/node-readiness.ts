import { type Draft, hasOthers, isBroken, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import { cidrMistake } from './cidr';

const PATH: Path = ['nodeReadiness', 'apiServer'];

/** The policies let the reporter reach the API server, by addresses that are named, and only where policies are made. */
export function checkNodeReadiness({ network, nodeReadiness }: Draft<MirrorSettings>): RuleProblem[] {
  if (nodeReadiness === undefined) return [];
  const { apiServer } = nodeReadiness;
  if (network?.policies === false) {
    if (apiServer === undefined) return [];
    const message = 'it contradicts network.policies: false, as it is for policies only: leave one out';
    return [invalidPlace(PATH, message)];
  }
  const policies = network === undefined || !isBroken(network, 'policies');
  if (!isGiven(nodeReadiness, 'apiServer') && !hasOthers(nodeReadiness, ['dryRun']) && policies) {
    const message =
      'missing; the policies deny the mirror everything that is not named: write its addresses, which ' +
      'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes shows';
    return [invalidPlace(PATH, message)];
  }
  const path = [...PATH, 'addresses'];
  const mistakes = present(apiServer?.addresses).flatMap(([index, cidr]) => {
    const mistake = cidrMistake(cidr, 'the API servers');
    return mistake === undefined ? [] : [invalidValue([...path, index], cidr, mistake)];
  });
  return [...mistakes, ...checkRepeated(apiServer?.addresses, path)];
}
