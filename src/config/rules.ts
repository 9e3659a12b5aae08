import type { ClusterProps } from './cluster-props';
import { checkAuthentication } from './rules/authentication';
import { checkBasic } from './rules/basic';
import { checkCertificateSubject } from './rules/certificate-subject';
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
import { formatProblem, type RuleProblem, wrong } from './rules/rule-problem';
import { checkSecretNames } from './rules/secret-names';
import { checkShapes } from './rules/shapes';
import { checkTokenBudgets } from './rules/token-budget';
import { checkTokens } from './rules/tokens';
import { resolved, stackSchema } from './schema';
import type { SecuredStackProps } from './secured-stack-props';
import type { StackFile } from './stack-file';
import { isDay, today } from './tokens/calendar';

export { formatProblem, type RuleProblem };

/**
 * Every mistake in the settings of a stack: impossible values, settings that contradict each other, secrets that were pasted.
 * Paths are relative to the cluster.
 *
 * @param props the settings
 */
export function checkSecuredStack({ today: day = today(), ...props }: SecuredStackProps): RuleProblem[] {
  if (!isDay(day)) return [wrong(['today'], day, 'a day is wanted, such as 2025-06-15')];
  const items = stackSchema.properties?.clusters?.items ?? {};
  const secrets = checkInlineSecrets(props);
  const shapes = checkShapes(without(props, pathsOf(secrets)), resolved(items));
  return [...secrets, ...shapes, ...checkCluster(without(props, pathsOf([...secrets, ...shapes])), day)];
}

/**
 * Every mistake in the tokens of a cluster. Paths are relative to the cluster.
 *
 * @param props the settings of a cluster that its tokens have to do with, and the day
 */
export function checkTokensOf({ today: day = today(), ...props }: TokenSettings): RuleProblem[] {
  if (!isDay(day)) return [wrong(['today'], day, 'a day is wanted, such as 2025-06-15')];
  const secrets = checkInlineSecrets(props);
  const shapes = checkShapes(without(props, pathsOf(secrets)), resolved(stackSchema.properties?.clusters?.items ?? {}));
  const left: Draft<ClusterProps> = without(props, pathsOf([...secrets, ...shapes]));
  return [...secrets, ...shapes, ...checkTokens(left, day)];
}

type TokenSettings = Partial<Pick<SecuredStackProps, 'name' | 'namespace' | 'tokens' | 'admission' | 'today'>>;

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

function checkCluster(cluster: Draft<ClusterProps>, day: string): RuleProblem[] {
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

function pathsOf(problems: RuleProblem[]) {
  return problems.map((problem) => problem.path);
}
