import type { OrganizationTokensProps } from '../config/organization-tokens-props';
import type { Path } from '../config/path';
import { checkTokensOf, formatProblem } from '../config/rules';
import type { PullTokenProps, PushTokenProps } from '../config/token-props';
import { type ResolvedToken, tokensOfOrganization } from '../config/tokens/model';
import type { TokenOrganizationProps } from './token-options';

/**
 * A token with its defaults filled in.
 *
 * @param whose whose it is, and where the mirror is
 * @param token the token
 * @throws Error naming every key that cannot be or that contradicts another
 */
export function checkedToken(
  whose: TokenOrganizationProps,
  token: { readonly pull: PullTokenProps } | { readonly push: PushTokenProps },
): ResolvedToken {
  const { organization, registry, driver, mirrorNamespace } = whose;
  const props = 'pull' in token ? { pull: [token.pull] } : { push: [token.push] };
  const given = { organization, registry, driver, ...props };
  // Nobody wrote `tokens[0]` or `pull[0]`.
  const within = (path: Path) => path.slice(path[2] === 'pull' || path[2] === 'push' ? 4 : 2);
  refuseMistakes(given, within, mirrorNamespace);
  return tokensOfOrganization(given, mirrorNamespace)[0] as ResolvedToken;
}

/**
 * Refuses an organisation's tokens that cannot be.
 *
 * @param tokens the tokens
 * @param mirrorNamespace namespace of the mirror
 * @param today the day on which dates are judged, today when left out
 * @throws Error naming every key that cannot be or that contradicts another
 */
export function refuseWrongTokens(tokens: OrganizationTokensProps, mirrorNamespace?: string, today?: string): void {
  refuseMistakes(tokens, (path) => path.slice(2), mirrorNamespace, today);
}

function refuseMistakes(
  tokens: OrganizationTokensProps,
  within: (path: Path) => Path,
  namespace?: string,
  today?: string,
): void {
  const problems = checkTokensOf({ namespace, tokens: [tokens], today });
  if (problems.length > 0) {
    const told = problems.map(({ path, ...rest }) => ({ ...rest, path: path[0] === 'tokens' ? within(path) : path }));
    throw new Error(told.map(formatProblem).join('\n'));
  }
}
