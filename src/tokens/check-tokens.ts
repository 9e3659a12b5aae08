import { checkDatedProps, checkProps } from '../schemas/check-props';
import { today } from '../settings/calendar';
import type { Draft } from '../settings/draft';
import type { RuleProblem } from '../settings/rule-problem';
import type { TokensCluster } from './model/resolved';
import type { OrganizationTokensProps } from './props/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from './props/token-props';
import { checkTokens } from './rules/tokens';

/** Every mistake in the settings of a cluster's tokens. */
export function checkClusterTokens(given: unknown): RuleProblem[] {
  return checkDatedProps<TokensCluster>(given, 'ClusterTokensProps', checkTokens);
}

/** Every mistake in the settings of an organisation's tokens. */
export function checkOrganizationTokens(given: unknown): RuleProblem[] {
  return checkDatedProps<OrganizationTokensProps & Where>(given, 'OrganizationTokensOptions', (left, day) =>
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
