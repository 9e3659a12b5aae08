import { counted } from '../../settings/counted';
import { type Draft, isBroken, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { countTokens, fits } from '../model/quota';
import { resolveRegistry } from '../model/registries';
import type { OrganizationTokensProps } from '../props/organization-tokens-props';
import type { TokensSettings } from '../props/tokens-settings';
import { resolveQuota } from '../resolve';

type Organization = Draft<OrganizationTokensProps>;

/** The tokens fit into the organisation's quota, also while they are replaced. */
export function checkTokenQuota(organization: Organization, path: Path): RuleProblem[] {
  const { quota } = organization;
  if (quota?.plan !== undefined && quota.limit !== undefined) {
    return [invalidPlace([...path, 'quota'], 'plan and limit contradict each other: keep one')];
  }
  return checkCount(organization, purposesOf(organization).length, path);
}

/** The same for clusters of one file: a purpose is one token, however many clusters use it. */
export function checkTokenQuotas({ clusters }: Draft<{ readonly clusters: TokensSettings[] }>): RuleProblem[] {
  const all = present(clusters).flatMap(([at, { tokens }]) =>
    present(tokens).map(([index, organization]) => ({
      path: ['clusters', at, 'tokens', index] as Path,
      organization,
      owner: `${resolveRegistry({ registry: organization.registry })}/${organization.organization}`,
    })),
  );
  const purposesOfOwner = new Map<string, Set<string>>();
  for (const { owner, organization } of all) {
    const known = purposesOfOwner.get(owner) ?? new Set();
    for (const purpose of purposesOf(organization)) known.add(purpose);
    purposesOfOwner.set(owner, known);
  }
  return all.flatMap(({ path, organization, owner }) => {
    const purposes = purposesOfOwner.get(owner)?.size ?? 0;
    const own = purposesOf(organization).length;
    if (purposes === own || checkCount(organization, own, path).length > 0) return [];
    return checkCount(organization, purposes, path, ' of all clusters');
  });
}

function purposesOf({ pull, push }: Organization): string[] {
  return [...present(pull), ...present(push)].map(([index, { purpose }]) => purpose ?? `${index}`);
}

function checkCount(organization: Organization, tokens: number, path: Path, whose = ''): RuleProblem[] {
  const { quota = {} } = organization;
  if ((['plan', 'limit', 'others', 'replacedAtOnce'] as const).some((key) => isBroken(quota, key))) return [];
  const count = countTokens(resolveQuota(quota), tokens);
  if (fits(count)) return [];
  const { limit, twice, others, peak } = count;
  const parts = [
    `${counted(tokens, 'token')}${whose}`,
    `${twice} of them twice while they are replaced`,
    ...(others > 0 ? [counted(others, 'other')] : []),
  ];
  const least =
    tokens + 1 + others <= (limit ?? 0) ? `set replacedAtOnce to at most ${(limit ?? 0) - tokens - others}, ` : '';
  const message =
    `${parts.join(', ')}: that is ${peak}, and the organisation may have ${limit} (expired and deactivated ones ` +
    `use a place until they are deleted): ${least}delete tokens at the registry, or take a larger plan`;
  return [invalidValue([...path, 'quota'], quota.plan ?? quota.limit, message)];
}
