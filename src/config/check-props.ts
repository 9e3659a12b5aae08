import { checkSettings } from './check-settings';
import type { ClusterProps } from './cluster-props';
import type { OrganizationTokensProps } from './organization-tokens-props';
import { plainOf } from './plain';
import { checkCluster } from './rules';
import type { Draft } from './rules/draft';
import { type RuleProblem, wrong } from './rules/rule-problem';
import { checkTokens } from './rules/tokens';
import { schemaOfType } from './schema';
import type { PullTokenProps, PushTokenProps } from './token-props';
import { isDay, today } from './tokens/calendar';

/**
 * Every mistake in the settings of a stack. Paths are relative to the cluster.
 *
 * @param given the settings, of whatever form
 */
export function checkSecuredStack(given: unknown): RuleProblem[] {
  return checkDated<ClusterProps>(given, 'SecuredStackProps', checkCluster);
}

/** Every mistake in the settings of a cluster's tokens. */
export function checkClusterTokens(given: unknown): RuleProblem[] {
  return checkDated<ClusterProps>(given, 'ClusterTokensProps', checkTokens);
}

/** Every mistake in the settings of an organisation's tokens. */
export function checkOrganizationTokens(given: unknown): RuleProblem[] {
  return checkDated<OrganizationTokensProps & Where>(given, 'OrganizationTokensOptions', (left, day) =>
    within(checkTokens({ namespace: left.mirrorNamespace, tokens: [left] }, day), 2),
  );
}

/** Every mistake in the settings of a token, and of whose it is. */
export function checkTokenOptions(given: unknown, kind: 'pull' | 'push'): RuleProblem[] {
  const type = kind === 'pull' ? 'PullTokenOptions' : 'PushTokenOptions';
  return checkProps<Whose & PullTokenProps & PushTokenProps>(given, type, (left) => {
    const whose = entriesOf(left, (key) => WHOSE.includes(key));
    const token = entriesOf(left, (key) => !WHOSE.includes(key));
    const tokens = [{ ...whose, [kind]: [token] }] as Draft<OrganizationTokensProps[]>;
    const problems = checkTokens({ namespace: left.mirrorNamespace, tokens }, today());
    return problems.flatMap((problem) => within([problem], problem.path[2] === kind ? 4 : 2));
  });
}

/**
 * Every mistake that the schema of a type of the library sees, and what rules find in the rest.
 *
 * @param given the settings, of whatever form
 * @param type the name of their type
 * @param rules what the schema cannot say
 */
export function checkProps<T extends object>(
  given: unknown,
  type: string,
  rules: (left: Draft<T>) => RuleProblem[] = () => [],
): RuleProblem[] {
  return checkSettings<T>(plainOf(given), schemaOfType(type), rules);
}

/** The same for settings with the day on which dates are judged. */
function checkDated<T extends object>(
  given: unknown,
  type: string,
  rules: (left: Draft<T>, day: string) => RuleProblem[],
): RuleProblem[] {
  return checkProps<T & { readonly today?: string }>(given, type, (left) => {
    const { today: day = today() } = left as { readonly today?: string };
    if (isDay(day)) return rules(left as Draft<T>, day);
    return [wrong(['today'], day, 'a day is wanted, such as 2025-06-15'), ...rules(left as Draft<T>, today())];
  });
}

interface Where {
  readonly mirrorNamespace?: string;
}

/** Whose a token is, and where the mirror is. */
type Whose = Pick<OrganizationTokensProps, 'organization' | 'registry' | 'driver'> & Where;

const WHOSE = ['organization', 'registry', 'driver', 'mirrorNamespace'];

function entriesOf(value: object, has: (key: string) => boolean): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => has(key)));
}

/** Problems with paths that begin later: nobody wrote `tokens[0]` or `pull[0]`. */
function within(problems: RuleProblem[], depth: number): RuleProblem[] {
  return problems.map((problem) => ({ ...problem, path: problem.path.slice(depth) }));
}
