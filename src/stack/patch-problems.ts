import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { RuleProblem } from '../settings/rule-problem';
import type { ClusterProps } from './cluster-props';
import { resolveStack } from './resolve';
import { makeParts } from './stack-parts';

/**
 * Patches of a cluster that do not fit its objects, which are made for this. Paths are relative to the cluster.
 *
 * @param cluster the cluster, without any other mistake
 */
export function patchProblems(cluster: ClusterProps): RuleProblem[] {
  const scope = new Construct(new Chart(new App(), 'mirror'), 'stack');
  return makeParts(scope, resolveStack(cluster)).patchProblems;
}
