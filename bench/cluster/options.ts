import { Command } from 'commander';
import { type ClusterAccess, withAccess } from '../../src/cli/kubectl/access';
import { CliError } from '../../src/cli/shared/cli-error';
import { platforms } from '../../src/mirror/platforms';
import type { Platform } from '../../src/mirror/props/containerd-props';
import { CHAIN, SIZES } from './workloads';

/** What the user asks for. */
export interface BenchOptions extends ClusterAccess {
  readonly passes: number;
  readonly only: string[];
  readonly parallel: number[];
  /** The serving and the pulling node, if the user chose. */
  readonly nodes?: string[];
  readonly platform: Platform;
  readonly toolsImage: string;
  readonly keep: boolean;
  readonly remove: boolean;
  readonly page: boolean;
  /** Where the results go in place of the repository. */
  readonly json?: string;
}

const NAMES = [...SIZES.map(({ name }) => name), CHAIN];

/** The command's options. */
export function benchCommand(): Command {
  return withAccess(new Command('bench'))
    .description(
      'Measures the mirror with mutual TLS against plain Spegel, on two nodes of a cluster with cert-manager, and writes ' +
        'bench/results/cluster.json and docs/performance.md.',
    )
    .option('--passes <number>', 'how often everything is measured', number('--passes'), 5)
    .option('--only <names>', `what is measured, of ${NAMES.join(', ')}`, list('--only', NAMES), NAMES)
    .option('--parallel <numbers>', 'how many images at the same time', numbers, [1, 3, 8])
    .option('--nodes <serving,pulling>', 'the two nodes (default: two that are ready)', two)
    .option(
      '--platform <name>',
      'what the nodes run',
      (name) => list('--platform', Object.keys(platforms))(name)[0],
      'containerd',
    )
    .option('--tools-image <reference>', 'image with sh, nsenter and curl', 'docker.io/curlimages/curl:8.16.0')
    .option('--keep', 'leave everything installed', false)
    .option('--remove', 'only remove what an earlier run left', false)
    .option('--page', 'only write docs/performance.md of the results in the repository', false)
    .option('--json <file>', 'write the results there, and nothing into the repository')
    .addHelpText('after', HELP)
    .exitOverride();
}

const HELP = `
It makes images of random bytes on the serving node, about 2.6 GiB, and needs 7 GiB of disk on each node. It installs both mirrors
side by side, each for a registry name of its own that does not exist, pulls on the other node, and removes everything, also at
Ctrl-C. Its pods are privileged, and plain Spegel answers every pod of the cluster while it runs: do not use a production cluster.
The CA is cert-manager's work and lives as long as the run. chain leaves containerd out: curl asks the mirror itself for the layers.

Examples:
  npm run bench
  npm run bench -- --passes 1 --only 1x1GiB,chain --json /tmp/try.json

Exit codes: 0 measured, 1 a figure is missing, 2 it could not measure or remove everything, 130 interrupted.`;

function number(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
    throw new CliError('configuration', `${option}: got "${text}"; expected a number from 1 to 100`);
  };
}

function numbers(text: string): number[] {
  return [...new Set(text.split(',').map(number('--parallel')))].sort((a, b) => a - b);
}

function list(option: string, known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(',');
    const unknown = names.find((name) => !known.includes(name));
    if (unknown === undefined) return names;
    throw new CliError('configuration', `${option}: got "${unknown}"; expected one of these: ${known.join(', ')}`);
  };
}

function two(text: string): string[] {
  const names = text.split(',');
  if (names.length === 2 && names[0] !== names[1] && !names.includes('')) return names;
  throw new CliError('configuration', `--nodes: got "${text}"; expected two nodes, such as worker-1,worker-2`);
}
