import type { Command } from 'commander';
import { isDay, today } from '../../settings/calendar';
import type { ClusterProps } from '../../stack/cluster-props';
import { readStackFile } from '../../stack/reader';
import { type ResolvedToken, tokensOf } from '../../tokens/model/model';
import { CliError } from '../shared/cli-error';

/** Options of every command about tokens. */
export interface InputOptions {
  readonly file: string;
  readonly cluster?: string;
  readonly today?: string;
}

/** What a command about tokens works on. */
export interface Input {
  readonly cluster: ClusterProps;
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
  const day = options.today ?? today();
  if (!isDay(day)) {
    throw new CliError('configuration', `--today: got "${day}"; expected a day, such as 2025-06-15`);
  }
  // The end of a shared account stops synth; these commands are what helps then.
  const { clusters } = readStackFile(options.file, '0001-01-01');
  const cluster = clusters.length === 1 ? clusters[0] : clusters.find(({ name }) => name === options.cluster);
  if (cluster === undefined || (options.cluster !== undefined && options.cluster !== cluster.name)) {
    const names = clusters.map(({ name }) => name).join(', ');
    const got = options.cluster === undefined ? 'missing' : `got "${options.cluster}"`;
    throw new CliError('configuration', `--cluster: ${got}; expected one of these: ${names} (${options.file})`);
  }
  return { cluster, tokens: tokensOf(cluster), today: day };
}
