import { type Draft, isGiven, present } from '../../settings/draft';
import { formatPath, type Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { StackFile } from '../stack-file';

/** Clusters differ in name, and so do their trust domains. */
export function checkClusters({ clusters }: Draft<StackFile>): RuleProblem[] {
  const names = new Map<string, number>();
  const domains = new Map<string, number>();
  return present(clusters).flatMap(([index, { name, authentication }]) => {
    const path: Path = ['clusters', index];
    const problems: RuleProblem[] = [];
    const namesake = taker(names, name, index);
    if (namesake !== undefined)
      problems.push(invalidValue([...path, 'name'], name, `${namesake} has this name already`));
    const explicit = authentication?.mutualTls?.trustDomain;
    const hasDomain = isGiven(authentication, 'mutualTls');
    const sharer = hasDomain ? taker(domains, explicit ?? name, index) : undefined;
    if (sharer !== undefined && (explicit !== undefined || namesake === undefined)) {
      const at = explicit === undefined ? ['name'] : ['authentication', 'mutualTls', 'trustDomain'];
      const message = `it is the trust domain of ${sharer} already: its peers would be peers of this cluster too`;
      problems.push(invalidValue([...path, ...at], explicit ?? name, message));
    }
    return problems;
  });
}

/** Takes something for a cluster, unless another one has it: returns the other one. */
function taker(taken: Map<string, number>, wish: string | undefined, index: number): string | undefined {
  if (wish === undefined) return undefined;
  const owner = taken.get(wish);
  if (owner === undefined) taken.set(wish, index);
  return owner === undefined ? undefined : formatPath(['clusters', owner]);
}
