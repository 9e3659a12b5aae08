import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { Kubectl } from '../src/cli/kubectl/kubectl';
import { CliError } from '../src/cli/shared/cli-error';
import { TOOLS_NAMESPACE } from './cluster/names';
import { type BenchOptions, benchCommand } from './cluster/options';
import { removeAll } from './cluster/remove';
import type { ClusterResults } from './cluster/results';
import { measureCluster } from './cluster/run';
import { writePage } from './document/write';

/** Exit code of a run that could not measure. */
const FAILED = 2;

/** Runs `npm run bench`, and returns its exit code. */
async function main(args: string[]): Promise<number> {
  const options = benchCommand().parse(args, { from: 'user' }).opts<BenchOptions>();
  const say = (text: string) => process.stderr.write(`bench: ${text}\n`);
  if (options.remove) {
    await removeAll(new Kubectl({ ...options, namespace: TOOLS_NAMESPACE }));
    return 0;
  }
  if (options.page) {
    writePage();
    return 0;
  }
  const { results, exitCode } = await measureCluster(options, say);
  if (results === undefined) return exitCode ?? FAILED;
  write(results, options.json);
  if (options.json === undefined) writePage();
  const missing = results.workloads.filter(({ measurements }) => measurements.length < 2 * results.passes);
  for (const { kind, name, parallel } of missing) say(`incomplete: ${kind} ${name}, ${parallel} at a time`);
  return exitCode ?? (missing.length > 0 ? 1 : 0);
}

function write(results: ClusterResults, file = join(__dirname, 'results', 'cluster.json')): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(6)) : value);
  writeFileSync(file, `${JSON.stringify(results, rounded, 2)}\n`);
}

main(process.argv.slice(2))
  .catch((error) => {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
    // An error that the user can mend needs no stack trace; any other does.
    console.error(error instanceof CliError ? `bench: ${error.message}` : error);
    return FAILED;
  })
  .then((code) => {
    process.exitCode = code;
  });
