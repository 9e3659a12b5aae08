import type { SecretUse } from '../../kubernetes/secret-use';
import { type Draft, isBroken, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { resolveDriver, resolveRegistry } from '../model/registries';
import type { TokensCluster } from '../model/resolved';
import { checkSharedAccount } from './shared-account';
import { checkToken } from './token';
import { checkPullToken, checkPushToken } from './token-kinds';
import { checkTokenQuota } from './token-quota';
import { checkTokenSecrets } from './token-secrets';

/** Organisation tokens: each for one purpose, in Secrets of their own, within the quota, and the shared account within its time. */
export function checkTokens(
  cluster: Draft<TokensCluster>,
  today: string,
  others?: readonly SecretUse[],
): RuleProblem[] {
  const { tokens } = cluster;
  const within = present(tokens).flatMap(([index, organization]) => {
    const path: Path = ['tokens', index];
    const driver = resolveDriver({ registry: organization.registry, driver: organization.driver });
    const mirror = cluster.namespace;
    const pull = present(organization.pull).map(([at, token]) => ({ token, place: [...path, 'pull', at] }));
    const push = present(organization.push).map(([at, token]) => ({ token, place: [...path, 'push', at] }));
    return [
      ...checkTokenQuota(organization, path),
      ...pull.flatMap(({ token, place }) => [
        ...checkToken(token, place, driver),
        ...checkPullToken(token, place, driver, mirror),
      ]),
      ...push.flatMap(({ token, place }) => [...checkToken(token, place, driver), ...checkPushToken(token, place)]),
      ...checkSharedAccount(cluster, index, today),
    ];
  });
  return [...checkOrganizations(cluster), ...within, ...checkPurposes(cluster), ...checkTokenSecrets(cluster, others)];
}

/** An organisation at a registry is one item. */
function checkOrganizations({ tokens }: Draft<TokensCluster>): RuleProblem[] {
  const seen = new Map<string, number>();
  return present(tokens).flatMap(([index, props]) => {
    if (props.organization === undefined || isBroken(props, 'registry')) return [];
    const key = `${resolveRegistry({ registry: props.registry })}/${props.organization}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return [];
    }
    const message = `its tokens at ${key.split('/')[0]} are in tokens[${first}] already: put them together`;
    return [invalidValue(['tokens', index, 'organization'], props.organization, message)];
  });
}

/** A purpose has one token, whatever the organisation: it names the token's Secret, and the token itself in commands. */
function checkPurposes({ tokens }: Draft<TokensCluster>): RuleProblem[] {
  const seen = new Set<string>();
  const all = present(tokens).flatMap(([index, organization]) =>
    (['pull', 'push'] as const).flatMap((kind) =>
      present(organization[kind]).map(([at, { purpose }]) => ({ purpose, place: ['tokens', index, kind, at] })),
    ),
  );
  return all.flatMap(({ purpose, place }): RuleProblem[] => {
    if (purpose === undefined || !seen.has(purpose)) {
      seen.add(purpose ?? '');
      return [];
    }
    return [
      invalidValue([...place, 'purpose'], purpose, 'another token has this purpose: each token has one of its own'),
    ];
  });
}
