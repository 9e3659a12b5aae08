import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { counted } from '../../settings/counted';
import { SettingsError } from '../../settings/errors';
import { dayOf } from '../../stack/day';
import { FORMATS, type Format } from '../../stack/files';
import { type ReadStackFile, readStackFile } from '../../stack/reader';
import { chosenClusters } from '../shared/chosen-clusters';
import type { CliCommand } from '../shared/cli-command';
import { CliError } from '../shared/cli-error';
import { complain, errorValue } from '../shared/messages';
import { withStackFile, withToday } from '../shared/stack-option';
import { spellingOf } from '../shared/started';
import { asJson, print } from '../shared/table';
import { Output } from './output';
import { asText, asValue } from './text';
import { warn } from './warn';
import { writeAll } from './write-all';

/** Its options. */
interface SynthOptions {
  readonly file: string;
  readonly format: Format;
  readonly output?: string;
  readonly ledger?: string | false;
  readonly cluster?: string[];
  readonly today?: string;
  readonly check: boolean;
  readonly json: boolean;
}

const HELP = `
Each cluster gets a folder of its own with its manifests, to apply from there:
mirror.k8s.yaml, service-accounts.k8s.yaml with the ServiceAccounts of workloads
if it sets any, and Kustomization, which lists them. With a kustomization.yaml
of yours in the folder it writes no Kustomization, and lets your files be.
The ledgers of tokens go to the folder "ledger" beside OUTPUT, as all that is in
OUTPUT may get applied. It replaces no ledger of another OUTPUT.

With --format helm the folder of a cluster is a chart, with the same objects and
no values: Helm refuses --set. With --format templates it has the chart's
templates alone, for the folder "templates" of a chart that you make, and no
ledger without --ledger.

It asks no cluster and no registry. It reports every mistake of the file with
line and key, and then writes nothing. The file .secure-mirror in OUTPUT lists
the written files; keep it with them: the next run replaces these files and
removes the ones that it no longer makes, such as the folder of a cluster that
left the file. It removes and replaces nothing else, and refuses a link in place
of a file, and a manifest of yours in a cluster's folder without a
kustomization. With --cluster, the other clusters' folders stay as they are.

Examples:
  secure-mirror synth
  secure-mirror synth -f stack.yaml -o out && kubectl apply --server-side --field-manager=secure-mirror -f out/default/
  secure-mirror synth -o charts --format helm &&
    helm install mirror charts/default --namespace kube-system
  secure-mirror synth --check                                # in CI: is the file valid today?
  secure-mirror synth -o out --cluster east west --today 2025-06-15
  secure-mirror synth -o out --json | jq -r '.clusters[].files[]'

Exit codes: 0 the manifests are written, or with --check the file is valid, 1 the file has mistakes, 2 the command could not read the file
or write the manifests.`;

/** Completes `synth`. */
export function addSynth(command: CliCommand): void {
  withStackFile(command.description('Makes manifests or Helm charts of stack.yaml, a folder for each cluster.'))
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('manifests'))
    .option('-o, --output <folder>', 'the folder for the folders of the clusters (default: dist/manifests)')
    .option('--ledger <folder>', 'the folder for the ledgers of tokens (default: ledger, beside that folder)')
    .option('--no-ledger', 'write no ledger')
    .option('--cluster <name...>', 'only these clusters of the file (default: all)')
    .option('--check', 'write nothing, only check the file', false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .exitsWith(synth);
  withToday(command, 'the day for which it checks dates');
}

async function synth(options: SynthOptions): Promise<number> {
  const day = dayOf(options.today);
  const stack = read(options.file, day);
  if (stack instanceof SettingsError) {
    complain(stack);
    if (options.json) print(asJson({ ok: false, error: errorValue(stack) }));
    return 1;
  }
  const { clusters, warnings = [] } = stack;
  const picked = chosenClusters(options.file, clusters, options.cluster);
  if (options.format === 'templates' && picked.length > 1) {
    const message = `--format: got "templates" for ${counted(picked.length, 'cluster')}; expected one, as a chart has one: name it with --cluster`;
    throw new CliError('configuration', message);
  }
  const output = options.check ? undefined : new Output(picked, options);
  output?.begin(picked);
  const made = await writeAll({
    clusters: picked,
    file: options.file,
    day,
    format: options.format,
    output: output && options,
  });
  const written = made.map((one) => ({
    ...one,
    warnings: [...warnings.filter(({ cluster }) => cluster === one.name).map(({ text }) => text), ...one.warnings],
  }));
  const removed = output?.end(written) ?? [];
  for (const cluster of written) {
    const { file, output } = options;
    warn(cluster, spellingOf({ file, output, cluster: clusters.length > 1 ? cluster.name : undefined }));
  }
  print(options.json ? asJson(asValue(written, removed, output)) : asText(written, removed, output));
  return 0;
}

/** The clusters of the file, or the mistakes in it. */
function read(file: string, day: string): ReadStackFile | SettingsError {
  if (!existsSync(file)) {
    throw new CliError(
      'configuration',
      `${file}: this file does not exist; name the stack with --file, or in the variable STACK`,
    );
  }
  try {
    return readStackFile(file, day);
  } catch (error) {
    const inFile = error instanceof SettingsError && error.problems.some(({ line }) => line !== undefined);
    if (inFile) return error;
    throw error;
  }
}
