import type { BoundServiceAccount, ResolvedOrganization, ResolvedPullToken } from './resolved';

type Organizations = Pick<ResolvedOrganization, 'pull' | 'sharedAccount'>[];

/**
 * What each ServiceAccount pulls with. Its list is one: Kubernetes does not merge it, so that all tokens are in it.
 *
 * @param organizations all organisations of the cluster
 */
export function bindServiceAccounts(organizations: Organizations): BoundServiceAccount[] {
  const tokens = organizations.flatMap(({ pull }) => pull);
  const bound = [
    ...tokens.flatMap((token) => bindToken(token, newSecret(token))),
    ...tokens.flatMap((token) => bindToken(token, oldSecret(token))),
  ];
  const all = new Map<string, BoundServiceAccount[]>();
  for (const use of [...bound, ...organizations.flatMap(bindSharedAccount)]) {
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
      injected: uses.some(({ injected }) => injected),
    };
  });
}

/** Secrets that the mirror's own pods pull with, new ones first. */
export function mirrorPullSecrets(organizations: Organizations): string[] {
  const own = organizations.flatMap(({ pull }) => pull).filter(({ mirror }) => mirror);
  return [...own.flatMap(newSecret), ...own.flatMap(oldSecret)];
}

function bindToken(token: ResolvedPullToken, secrets: string[]): BoundServiceAccount[] {
  if (secrets.length === 0) return [];
  return token.bindTo.flatMap(({ namespace, serviceAccounts, apply, inject }) =>
    serviceAccounts.map((name) => ({ namespace, name, secrets, applied: apply, injected: inject })),
  );
}

function bindSharedAccount({ sharedAccount }: Organizations[number]): BoundServiceAccount[] {
  if (sharedAccount === undefined) return [];
  const secrets = [sharedAccount.secret];
  return sharedAccount.usedBy.serviceAccounts.flatMap(({ namespace, names }) =>
    names.map((name) => ({ namespace, name, secrets, applied: false, injected: false })),
  );
}

function newSecret({ secret }: ResolvedPullToken): string[] {
  return secret === undefined ? [] : [secret];
}

function oldSecret({ previousSecret }: ResolvedPullToken): string[] {
  return previousSecret === undefined ? [] : [previousSecret];
}
