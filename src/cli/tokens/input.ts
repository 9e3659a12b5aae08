import type { Command } from 'commander';
import { readStackFile } from '../../stack/reader';
import { dayOf } from '../../stack/synth';
import type { ResolvedToken, ResolvedTokens } from '../../tokens/model/resolved';
import { resolveTokens } from '../../tokens/resolve';
import { CliError } from '../shared/cli-error';

/** Options of every command about tokens. */
export interface InputOptions {
  readonly file: string;
  readonly cluster?: string;
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
  return command
    .option('-f, --file <file>', 'the stack', 'stack.yaml')
    .option('--cluster <name>', 'which cluster of the file (default: the only one)')
    .option('--today <day>', 'the day on which dates are judged, as YYYY-MM-DD (default: today)');
}

/**
 * Reads the stack.
 *
 * @throws CliError or SettingsError naming what is wrong with it
 */
export function readInput(options: InputOptions): Input {
  const day = dayOf(options.today);
  // The end of a shared account stops synth; these commands are what helps then.
  const { clusters } = readStackFile(options.file, '0001-01-01');
  const cluster = clusters.length === 1 ? clusters[0] : clusters.find(({ name }) => name === options.cluster);
  if (cluster === undefined || (options.cluster !== undefined && options.cluster !== cluster.name)) {
    const names = clusters.map(({ name }) => name).join(', ');
    const got = options.cluster === undefined ? 'missing' : `got "${options.cluster}"`;
    throw new CliError('configuration', `--cluster: ${got}; expected one of these: ${names} (${options.file})`);
  }
  const resolved = resolveTokens(cluster);
  return { cluster: resolved, tokens: resolved.tokens, today: day };
}
