import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type Problem, SettingsError } from '../../settings/errors';
import type { ClusterProps } from '../../stack/cluster-props';
import { readStackFile } from '../../stack/reader';
import { dayOf, type MadeCluster, makeClusters, warn } from '../../stack/synth';
import { AskError } from '../shared/ask-error';
import type { Done } from '../shared/done';
import { Progress } from '../shared/parallel';
import { spellingOf } from '../shared/started';
import { asJson, print } from '../shared/table';
import { writeOutput } from './output';
import { asText, asValue } from './text';

/** What it is asked with. */
interface SynthOptions {
  readonly file: string;
  readonly output?: string;
  readonly cluster?: string[];
  readonly today?: string;
  readonly check: boolean;
  readonly json: boolean;
}

const HELP = `
Each cluster gets a folder of its own with its manifests, to apply from there. The ledgers of tokens go to the folder "ledger" beside the
clusters' in OUTPUT; without --output, to dist/ledger.

It asks no cluster and no registry. Every mistake of the file is told with line and key, and nothing is written then. What it wrote is
listed in OUTPUT in the file .secure-mirror, to be kept with it: the next time it replaces that, and removes what is no longer made, such as
the folder of a cluster that left the file. Nothing else is removed or replaced: a manifest of yours in a cluster's folder is refused. With
--cluster, the other clusters' folders stay as they are.

Examples:
  secure-mirror synth
  secure-mirror synth -f stack.yaml -o out && kubectl apply --server-side --field-manager=secure-mirror -f out/default/
  secure-mirror synth --check                                # in CI: is the file right today?
  secure-mirror synth -o out --cluster east west --today 2025-06-15
  secure-mirror synth -o out --json | jq -r '.clusters[].files[]'

Exit codes: 0 it is written, or with --check all is right, 1 the file has mistakes, 2 it could not be read or the manifests not written.`;

/** Adds `synth`. */
export function addSynth(program: Command, done: Done): void {
  program
    .command('synth')
    .summary('make manifests of stack.yaml')
    .description('Makes manifests of stack.yaml, a folder for each cluster.')
    .option('-f, --file <file>', 'the stack', 'stack.yaml')
    .option('-o, --output <folder>', 'where the folders of the clusters are (default: dist/manifests)')
    .option('--cluster <name...>', 'only these clusters of the file (default: all)')
    .option('--today <day>', 'the day on which dates are judged, as YYYY-MM-DD (default: today)')
    .option('--check', 'write nothing, only say what is wrong with the file', false)
    .option('--json', 'say it to a program', false)
    .addHelpText('after', HELP)
    .action((options: SynthOptions) => done(synth(options)));
}

function synth(options: SynthOptions): number {
  const day = dayOf(options.today);
  const clusters = read(options.file, day);
  if (!Array.isArray(clusters)) {
    console.error(clusters.message);
    if (options.json) print(asJson({ fine: false, problems: clusters.problems }));
    return 1;
  }
  const made = make(chosen(options, clusters), day);
  const output = options.check ? undefined : writeOutput(made, options);
  for (const cluster of made) {
    const { file, output } = options;
    warn(cluster, spellingOf({ file, output, cluster: clusters.length > 1 ? cluster.name : undefined }));
  }
  print(options.json ? asJson(asValue(made, output)) : asText(made, output));
  return 0;
}

/** The clusters of the file, or the mistakes in it. */
function read(file: string, day: string): ClusterProps[] | { readonly message: string; readonly problems: Problem[] } {
  if (!existsSync(file)) {
    throw new AskError('configuration', `${file}: there is no such file; name the stack with --file`);
  }
  try {
    return readStackFile(file, day).clusters;
  } catch (error) {
    const wrong = error instanceof SettingsError && error.problems.some(({ line }) => line !== undefined);
    if (wrong) return error;
    throw error;
  }
}

function chosen({ file, cluster = [] }: SynthOptions, clusters: ClusterProps[]): ClusterProps[] {
  const there = clusters.map(({ name }) => name);
  const strange = cluster.find((name) => !there.includes(name));
  if (strange !== undefined) {
    const message = `--cluster: got ${JSON.stringify(strange)}; expected some of these: ${there.join(', ')} (${file})`;
    throw new AskError('configuration', message);
  }
  return cluster.length === 0 ? clusters : clusters.filter(({ name }) => cluster.includes(name));
}

/** Everything is made in memory before anything is written. */
function make(clusters: ClusterProps[], day: string): MadeCluster[] {
  const progress = new Progress('clusters', clusters.length);
  try {
    return makeClusters(clusters, day, () => progress.step());
  } finally {
    progress.end();
  }
}
