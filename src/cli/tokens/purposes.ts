import { type Command, Option } from 'commander';
import type { ResolvedToken } from '../../tokens/model/resolved';
import { CliError } from '../shared/cli-error';

/** Adds the choice of purposes to a command: it can be given many times. */
export function withPurposes<C extends Command>(command: C): C {
  const option = new Option('--purpose <purpose>', 'only the token for this purpose; may be repeated')
    .default([], 'all')
    .argParser((purpose, all: string[]) => [...all, purpose]);
  return command.addOption(option);
}

/**
 * The purposes that are chosen.
 *
 * @param wanted the given purposes; without any, all
 * @param tokens all that there are
 * @returns nothing for all
 * @throws CliError naming the existing ones, for another
 */
export function chosen(wanted: readonly string[], tokens: ResolvedToken[]): readonly string[] | undefined {
  for (const purpose of wanted) {
    tokenFor(purpose, tokens);
  }
  return wanted.length === 0 ? undefined : wanted;
}

/**
 * The token for a purpose.
 *
 * @param purpose the purpose
 * @param tokens all that there are
 * @throws CliError naming the purposes that there are, for another
 */
export function tokenFor(purpose: string, tokens: ResolvedToken[]): ResolvedToken {
  const token = tokens.find((token) => token.purpose === purpose);
  if (token !== undefined) return token;
  const there = tokens.map((token) => `"${token.purpose}"`).join(', ');
  const wanted = there === '' ? 'the stack has no tokens' : `expected one of these: ${there}`;
  throw new CliError('configuration', `--purpose: got "${purpose}"; ${wanted}`);
}
