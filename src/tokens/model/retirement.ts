import { daysBetween } from '../../settings/calendar';
import { type Draft, present } from '../../settings/draft';
import { formatPath, type Path } from '../../settings/path';
import type { ResolvedSharedAccount, TokensCluster } from './resolved';

/** Where a shared account stands on a day. */
export interface Retirement {
  /** Last day on which it may be used. */
  readonly lastDay: string;
  /** Days until then; 0 on that day, negative after it. */
  readonly daysLeft: number;
  /** Uses that stack.yaml declares, in words. */
  readonly uses: string[];
}

/** Days before the end on which synth begins to warn, more urgently each time. */
export const NOTICES = [30, 7, 1];

/**
 * Where a shared account stands.
 *
 * @param account the account
 * @param day the day, as YYYY-MM-DD
 */
export function retirementOf(
  { lastDay, usedBy }: Pick<ResolvedSharedAccount, 'lastDay' | 'usedBy'>,
  day: string,
): Retirement {
  return { lastDay, daysLeft: daysBetween(day, lastDay), uses: describeUses(usedBy) };
}

/** Last day on which an account may be used: its extension's, if it has one. */
export function lastDayOf({ retireBy, extension }: Ending): string {
  return extension?.until ?? retireBy;
}

interface Ending {
  readonly retireBy: string;
  readonly extension?: { readonly until: string };
}

function describeUses({ serviceAccounts, workflows, developers }: ResolvedSharedAccount['usedBy']): string[] {
  return [
    ...serviceAccounts.flatMap(({ namespace, names }) => names.map((name) => `ServiceAccount ${namespace}/${name}`)),
    ...workflows.map((name) => `workflow ${name}`),
    ...developers.map((name) => `developer ${name}`),
  ];
}

/** Where in the settings an account's Secret is named, beside its declared uses. */
export function namedElsewhere(cluster: Naming, secret: string | undefined): string[] {
  const places = placesOfNames.get(cluster) ?? placesIn(cluster);
  placesOfNames.set(cluster, places);
  return secret === undefined ? [] : (places.get(secret) ?? []);
}

type Naming = Draft<TokensCluster>;

/** Where each Secret is named in settings: each of their accounts asks. */
const placesOfNames = new WeakMap<Naming, Map<string, string[]>>();

function placesIn({ imagePullSecrets, tokens }: Naming): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const take = (name: string | undefined, path: Path) => {
    if (name === undefined) return;
    const known = places.get(name);
    if (known === undefined) places.set(name, [formatPath(path)]);
    else known.push(formatPath(path));
  };
  for (const [at, name] of present(imagePullSecrets)) take(name, ['imagePullSecrets', at]);
  for (const [index, { pull }] of present(tokens)) {
    for (const [at, { previousSecret }] of present(pull)) {
      take(previousSecret, ['tokens', index, 'pull', at, 'previousSecret']);
    }
  }
  return places;
}
