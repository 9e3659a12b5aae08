import { checkGuards } from '../guards/rules/guards';
import { checkAffinity } from '../mirror/rules/affinity';
import { checkAuthentication } from '../mirror/rules/authentication';
import { checkBasic } from '../mirror/rules/basic';
import { checkCertificateSubject } from '../mirror/rules/certificate-subject';
import { checkContainerd } from '../mirror/rules/containerd';
import { checkEntry } from '../mirror/rules/entry';
import { checkImages } from '../mirror/rules/images';
import { checkIssuer } from '../mirror/rules/issuer';
import { checkLimits } from '../mirror/rules/limits';
import { checkMetrics } from '../mirror/rules/metrics';
import { checkMutualTls } from '../mirror/rules/mutual-tls';
import { checkNamespace } from '../mirror/rules/namespace';
import { checkNetwork } from '../mirror/rules/network';
import { checkNodeReadiness } from '../mirror/rules/node-readiness';
import { checkNodes } from '../mirror/rules/nodes';
import { checkPodMetadata } from '../mirror/rules/pod-metadata';
import { checkPublicRepositories } from '../mirror/rules/public-repositories';
import { checkRegistries } from '../mirror/rules/registries';
import { checkSecretNames, usesOf } from '../mirror/rules/secret-names';
import { checkUpdateStrategy } from '../mirror/rules/update-strategy';
import { checkMonitoring } from '../monitoring/rules/monitoring';
import { type Draft, present } from '../settings/draft';
import type { RuleProblem } from '../settings/rule-problem';
import { checkTokenQuotas } from '../tokens/rules/token-quota';
import { checkTokens } from '../tokens/rules/tokens';
import type { ClusterProps } from './cluster-props';
import { checkClusters } from './rules/clusters';
import { checkObjectMetadata } from './rules/object-metadata';
import { checkPatches } from './rules/patches';
import { checkResources } from './rules/resources';
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
  return [...checkClusters(file), ...within, ...checkTokenQuotas(file)];
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
    ...checkNodeReadiness(cluster),
    ...checkNodes(cluster),
    ...checkPodMetadata(cluster),
    ...checkObjectMetadata(cluster),
    ...checkUpdateStrategy(cluster),
    ...checkAffinity(cluster),
    ...checkResources(cluster),
    ...checkGuards(cluster),
    ...checkMonitoring(cluster),
    ...checkTokens(cluster, day, usesOf(cluster)),
    ...checkPatches(cluster),
  ];
}
