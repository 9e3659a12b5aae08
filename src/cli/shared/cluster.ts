import type { Command } from 'commander';
import type { ClusterProps } from '../../stack/cluster-props';
import { readStackFile } from '../../stack/reader';
import { CliError } from './cli-error';
import { withStackFile } from './stack-option';

/** Options that name a cluster of a stack. */
export interface ClusterOptions {
  readonly file: string;
  readonly cluster?: string;
}

/** Adds the options to a command. */
export function withCluster<C extends Command>(command: C): C {
  return withStackFile(command).option('--cluster <name>', 'which cluster of the file (default: the only one)');
}

/**
 * Reads the settings of a cluster.
 *
 * @throws CliError or SettingsError naming what is wrong with the stack or the options
 */
export function readCluster({ file, cluster: wanted }: ClusterOptions): ClusterProps {
  // The end of a shared account stops synth alone; the commands that ask are what helps then.
  const { clusters } = readStackFile(file, '0001-01-01');
  const cluster = clusters.length === 1 ? clusters[0] : clusters.find(({ name }) => name === wanted);
  if (cluster === undefined || (wanted !== undefined && wanted !== cluster.name)) {
    const names = clusters.map(({ name }) => name).join(', ');
    const got = wanted === undefined ? 'missing' : `got "${wanted}"`;
    throw new CliError('configuration', `--cluster: ${got}; expected one of these: ${names} (${file})`);
  }
  return cluster;
}
