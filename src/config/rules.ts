import type { ClusterProps } from './cluster-props';
import { checkAuthentication } from './rules/authentication';
import { checkBasic } from './rules/basic';
import { checkCertificateSubject } from './rules/certificate-subject';
import { checkClusters } from './rules/clusters';
import { checkContainerd } from './rules/containerd';
import { type Draft, present } from './rules/draft';
import { checkEntry } from './rules/entry';
import { checkImages } from './rules/images';
import { checkIssuer } from './rules/issuer';
import { checkLimits } from './rules/limits';
import { checkMetrics } from './rules/metrics';
import { checkMutualTls } from './rules/mutual-tls';
import { checkNamespace } from './rules/namespace';
import { checkNetwork } from './rules/network';
import { checkNodes } from './rules/nodes';
import { checkPublicRepositories } from './rules/public-repositories';
import { checkRegistries } from './rules/registries';
import type { RuleProblem } from './rules/rule-problem';
import { checkSecretNames } from './rules/secret-names';
import { checkTokenBudgets } from './rules/token-budget';
import { checkTokens } from './rules/tokens';
import type { StackFile } from './stack-file';

/**
 * Every mistake of stack.yaml that its JSON Schema cannot see, in what is left of it after the mistakes that it can.
 *
 * @param file what is left
 * @param day the day on which dates are judged
 */
export function checkStackFile(file: Draft<StackFile>, day: string): RuleProblem[] {
  const within = present(file.clusters).flatMap(([index, cluster]) =>
    checkCluster(cluster, day).map((problem) => ({ ...problem, path: ['clusters', index, ...problem.path] })),
  );
  return [...checkClusters(file), ...within, ...checkTokenBudgets(file)];
}

/**
 * Every mistake of a cluster that the JSON Schema cannot see. Paths are relative to it.
 *
 * @param cluster what is left of it
 * @param day the day on which dates are judged
 */
export function checkCluster(cluster: Draft<ClusterProps>, day: string): RuleProblem[] {
  return [
    ...checkNamespace(cluster),
    ...checkRegistries(cluster),
    ...checkPublicRepositories(cluster),
    ...checkAuthentication(cluster),
    ...checkMutualTls(cluster),
    ...checkCertificateSubject(cluster),
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
    ...checkTokens(cluster, day),
  ];
}
