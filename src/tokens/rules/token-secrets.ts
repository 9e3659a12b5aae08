import { defaultSecretUses } from '../../kubernetes/secret-use';
import { type Draft, isBroken, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { TokensCluster } from '../model/resolved';
import { secretNameOf } from '../resolve';

/** A Secret of a token, or of a shared account. */
interface Use {
  readonly name: string;
  readonly path: Path;
  readonly holder: string;
  /** Whether it may be used to pull images. */
  readonly pulls: boolean;
}

/**
 * No Secret is for two purposes, and none with which one can push is an imagePullSecret.
 *
 * @param cluster the settings
 * @param others Secrets of the mirror
 */
export function checkTokenSecrets(cluster: Draft<TokensCluster>, others = defaultSecretUses): RuleProblem[] {
  const uses = tokenUses(cluster);
  // The first two that use a name: for a repeated purpose, the mistake is the purpose's.
  const holders = new Map<string, string[]>();
  const hold = (name: string, holder: string) => {
    const known = holders.get(name) ?? [];
    if (known.length < 2 && !known.includes(holder)) holders.set(name, [...known, holder]);
  };
  for (const { name, holder } of others) {
    if (name !== undefined) hold(name, holder);
  }
  const repeated = uses.flatMap(({ name, path, holder }) => {
    const earlier = holders.get(name)?.find((known) => known !== holder);
    hold(name, holder);
    return earlier === undefined ? [] : [invalidValue(path, name, `this is the Secret of ${earlier}: name another`)];
  });
  const pushing = new Map(uses.filter(({ pulls }) => !pulls).map((use) => [use.name, use]));
  const pushes = present(cluster.imagePullSecrets).flatMap(([index, name]) => {
    const use = pushing.get(name);
    if (use === undefined) return [];
    const message = `this is the Secret of ${use.holder}, with which one can push: name the Secret of a token that only pulls`;
    return [invalidValue(['imagePullSecrets', index], name, message)];
  });
  return [...repeated, ...pushes];
}

function tokenUses({ tokens }: Draft<TokensCluster>): Use[] {
  return present(tokens).flatMap(([index, { pull, push, sharedAccount }]) => {
    const path: Path = ['tokens', index];
    const own = (['pull', 'push'] as const).flatMap((kind) =>
      present(kind === 'pull' ? pull : push).flatMap(([at, token]) => {
        const { purpose, secret } = token;
        if (purpose === undefined || isBroken(token, 'secret') || 'credentialProvider' in token) return [];
        const place = [...path, kind, at, secret === undefined ? 'purpose' : 'secret'];
        const holder = `the token "${purpose}"`;
        return [{ name: secretNameOf({ purpose, secret }), path: place, holder, pulls: kind === 'pull' }];
      }),
    );
    const previous = present(pull).flatMap(([at, { purpose, previousSecret: name }]) =>
      name === undefined || name === sharedAccount?.secret
        ? []
        : [
            {
              name,
              path: [...path, 'pull', at, 'previousSecret'],
              holder: `what "${purpose}" takes the place of`,
              pulls: true,
            },
          ],
    );
    const shared = sharedAccount?.secret;
    const account =
      shared === undefined
        ? []
        : [{ name: shared, path: [...path, 'sharedAccount', 'secret'], holder: 'the shared account', pulls: true }];
    return [...own, ...previous, ...account];
  });
}
