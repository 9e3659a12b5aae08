import type { TokensCluster } from '../model/cluster';
import { type ResolvedPullToken, tokensOf } from '../model/model';

/** A ServiceAccount, and the Secrets that its pods pull with, the tokens' first. */
export interface BoundServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly secrets: string[];
  /** Whether the manifests set the list: not where others do, and not where only the shared account's Secret is used. */
  readonly applied: boolean;
}

/**
 * What each ServiceAccount pulls with. Its list is one: Kubernetes does not merge it, so that all tokens are in it.
 *
 * @param cluster the settings
 */
export function boundServiceAccounts(cluster: TokensCluster): BoundServiceAccount[] {
  const tokens = pullTokensOf(cluster);
  const bound = [
    ...tokens.flatMap((token) => usesOf(token, newSecret(token))),
    ...tokens.flatMap((token) => usesOf(token, oldSecret(token))),
  ];
  const sharing = (cluster.tokens ?? []).flatMap(({ sharedAccount }) =>
    (sharedAccount?.usedBy?.serviceAccounts ?? []).flatMap(({ namespace, names }) =>
      names.map((name) => ({ namespace, name, secrets: [sharedAccount?.secret ?? ''], applied: false })),
    ),
  );
  const all = new Map<string, BoundServiceAccount[]>();
  for (const use of [...bound, ...sharing]) {
    const key = `${use.namespace}/${use.name}`;
    const uses = all.get(key);
    if (uses === undefined) all.set(key, [use]);
    else uses.push(use);
  }
  const isBound = new Set(bound);
  return [...all.values()].map((uses) => {
    const own = uses.filter((use) => isBound.has(use));
    return {
      ...(uses[0] as BoundServiceAccount),
      secrets: [...new Set(uses.flatMap(({ secrets }) => secrets))],
      applied: own.length > 0 && own.every(({ applied }) => applied),
    };
  });
}

/** Secrets that the mirror's own pods pull with beside those that are named for them. */
export function mirrorPullSecrets(cluster: TokensCluster): string[] {
  const own = pullTokensOf(cluster).filter(({ props }) => props.mirror);
  return [...own.flatMap(newSecret), ...own.flatMap(oldSecret)];
}

function pullTokensOf(cluster: TokensCluster): ResolvedPullToken[] {
  return tokensOf(cluster).flatMap((token) => (token.kind === 'pull' ? [token] : []));
}

function usesOf(token: ResolvedPullToken, secrets: string[]): BoundServiceAccount[] {
  if (secrets.length === 0) return [];
  return token.props.bindTo.flatMap(({ namespace, serviceAccounts, apply = true }) =>
    serviceAccounts.map((name) => ({ namespace, name, secrets, applied: apply })),
  );
}

function newSecret({ secret }: ResolvedPullToken): string[] {
  return secret === undefined ? [] : [secret];
}

function oldSecret({ props: { previousSecret } }: ResolvedPullToken): string[] {
  return previousSecret === undefined ? [] : [previousSecret];
}
