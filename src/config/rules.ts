import type { ClusterProps } from './cluster-props';
import { checkAuthentication } from './rules/authentication';
import { checkBasic } from './rules/basic';
import { checkClusters } from './rules/clusters';
import { checkContainerd } from './rules/containerd';
import { type Draft, present, without } from './rules/draft';
import { checkEntry } from './rules/entry';
import { checkImages } from './rules/images';
import { checkInlineSecrets } from './rules/inline-secrets';
import { checkIssuer } from './rules/issuer';
import { checkLimits } from './rules/limits';
import { checkMetrics } from './rules/metrics';
import { checkMutualTls } from './rules/mutual-tls';
import { checkNamespace } from './rules/namespace';
import { checkNetwork } from './rules/network';
import { checkNodes } from './rules/nodes';
import { checkPublicRepositories } from './rules/public-repositories';
import { checkRegistries } from './rules/registries';
import { formatProblem, type RuleProblem } from './rules/rule-problem';
import { checkSecretNames } from './rules/secret-names';
import { checkShapes } from './rules/shapes';
import { resolved, stackSchema } from './schema';
import type { StackFile } from './stack-file';

export { formatProblem, type RuleProblem };

/**
 * Every mistake in the settings of a stack: impossible values, settings that contradict each other, secrets that were pasted.
 * Paths are relative to the cluster.
 *
 * @param props the settings
 */
export function checkSecuredStack(props: ClusterProps): RuleProblem[] {
  const items = stackSchema.properties?.clusters?.items ?? {};
  const secrets = checkInlineSecrets(props);
  const shapes = checkShapes(without(props, pathsOf(secrets)), resolved(items));
  return [...secrets, ...shapes, ...checkCluster(without(props, pathsOf([...secrets, ...shapes])))];
}

/** Every mistake of stack.yaml that its JSON Schema cannot see, in what is left of it after the mistakes that it can. */
export function checkStackFile(file: Draft<StackFile>): RuleProblem[] {
  const within = present(file.clusters).flatMap(([index, cluster]) =>
    checkCluster(cluster).map((problem) => ({ ...problem, path: ['clusters', index, ...problem.path] })),
  );
  return [...checkClusters(file), ...within];
}

function checkCluster(cluster: Draft<ClusterProps>): RuleProblem[] {
  return [
    ...checkNamespace(cluster),
    ...checkRegistries(cluster),
    ...checkPublicRepositories(cluster),
    ...checkAuthentication(cluster),
    ...checkMutualTls(cluster),
    ...checkIssuer(cluster),
    ...checkBasic(cluster),
    ...checkSecretNames(cluster),
    ...checkEntry(cluster),
    ...checkContainerd(cluster),
    ...checkImages(cluster),
    ...checkLimits(cluster),
    ...checkNetwork(cluster),
    ...checkMetrics(cluster),
    ...checkNodes(cluster),
  ];
}

function pathsOf(problems: RuleProblem[]) {
  return problems.map((problem) => problem.path);
}
