import type { Command } from 'commander';
import type { ClusterProps } from '../../stack/cluster-props';
import { CliError } from './cli-error';
import { withStackFile } from './stack-option';

/** Adds the options that name some clusters of a stack to a command. */
export function withClusters<C extends Command>(command: C): C {
  return withStackFile(command).option('--cluster <name...>', 'only these clusters of the file (default: all)');
}

/**
 * The clusters that the user named; all when they named none.
 *
 * @param file the file, for the message
 * @param clusters all of the file
 * @param named names of some
 * @throws CliError when the file has no cluster of a name
 */
export function chosenClusters(file: string, clusters: ClusterProps[], named: readonly string[] = []): ClusterProps[] {
  const names = clusters.map(({ name }) => name);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `--cluster: got ${JSON.stringify(unknown)}; expected some of these: ${names.join(', ')} (${file})`;
    throw new CliError('configuration', message);
  }
  return named.length === 0 ? clusters : clusters.filter(({ name }) => named.includes(name));
}
