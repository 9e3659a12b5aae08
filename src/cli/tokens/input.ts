import type { Command } from 'commander';
import { dayOf } from '../../stack/day';
import type { ResolvedToken, ResolvedTokens } from '../../tokens/model/resolved';
import { resolveTokens } from '../../tokens/resolve';
import { type ClusterOptions, readCluster, withCluster } from '../shared/cluster';
import { withToday } from '../shared/stack-option';

/** Options of every command about tokens. */
export interface InputOptions extends ClusterOptions {
  readonly today?: string;
}

/** What a command about tokens works on. */
export interface Input {
  readonly cluster: ResolvedTokens;
  readonly tokens: ResolvedToken[];
  /** As YYYY-MM-DD. */
  readonly today: string;
}

/** Adds the options to a command. */
export function withInput<C extends Command>(command: C): C {
  return withToday(withCluster(command), 'the day on which dates are judged');
}

/**
 * Reads the stack.
 *
 * @throws CliError or SettingsError naming what is wrong with it
 */
export function readInput(options: InputOptions): Input {
  const day = dayOf(options.today);
  const resolved = resolveTokens(readCluster(options));
  return { cluster: resolved, tokens: resolved.tokens, today: day };
}
