import type { ClusterProps } from '../cluster-props';
import type { Path } from '../path';
import { secretNameOf } from '../tokens/model';
import { type Draft, isBroken, present } from './draft';
import { type RuleProblem, wrong } from './rule-problem';
import { usesOf } from './secret-names';

/** A Secret of a token, or of a shared account. */
interface Use {
  readonly name: string;
  readonly path: Path;
  readonly holder: string;
  /** Whether it may be used to pull images. */
  readonly pulls: boolean;
}

/** No Secret is for two purposes, and none with which one can push is an imagePullSecret. */
export function checkTokenSecrets(cluster: Draft<ClusterProps>): RuleProblem[] {
  const uses = tokenUses(cluster);
  const mirrors = usesOf(cluster).flatMap(({ name, holder }) => (name === undefined ? [] : [{ name, holder }]));
  const repeated = uses.flatMap(({ name, path, holder }, index) => {
    // That a purpose is there twice is told of the purpose.
    const earlier = [...mirrors, ...uses.slice(0, index)].find((use) => use.name === name && use.holder !== holder);
    return earlier ? [wrong(path, name, `this is the Secret of ${earlier.holder}: name another`)] : [];
  });
  const pushes = present(cluster.imagePullSecrets).flatMap(([index, name]) => {
    const use = uses.find((use) => use.name === name && !use.pulls);
    if (use === undefined) return [];
    const message = `this is the Secret of ${use.holder}, with which one can push: name that of a token that only pulls`;
    return [wrong(['imagePullSecrets', index], name, message)];
  });
  return [...repeated, ...pushes];
}

function tokenUses({ tokens }: Draft<ClusterProps>): Use[] {
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
