import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { App, Chart } from 'cdk8s';
import type { ClusterProps } from './config/cluster-props';
import { StackFileError } from './config/errors';
import { readStackFile } from './config/reader';
import { isDay, today } from './config/tokens/calendar';
import { SecuredStack } from './secured-stack';
import { ledgerFiles } from './tokens/ledger/files';

/** One cluster is one cdk8s App with a folder of its own: an App of many charts costs quadratic time (measured). */
function clusterApp(cluster: ClusterProps, outdir: string, day: string) {
  const app = new App({ outdir: join(outdir, cluster.name) });
  const chart = new Chart(app, 'secured-mirror');
  const { warnings } = new SecuredStack(chart, 'stack', { ...cluster, today: day });
  return { app, cluster, warnings };
}

/**
 * stack.yaml, or the file that STACK names, to manifests, and the ledger of its tokens into a folder `ledger` beside theirs; with
 * --check, only says what is wrong with it. --today, or TODAY, is the day on which dates are judged.
 */
function main(): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, today: { type: 'string' } } });
  const day = values.today ?? (process.env.TODAY || today());
  if (!isDay(day)) {
    const value = JSON.stringify(day);
    throw new StackFileError([{ file: '--today', key: '', value, message: 'a day is wanted, such as 2025-06-15' }]);
  }
  const outdir = process.env.CDK8S_OUTDIR ?? join('dist', 'manifests');
  const { clusters } = readStackFile(process.env.STACK ?? 'stack.yaml', day);
  const made = clusters.map((cluster) => clusterApp(cluster, outdir, day));
  // Everything is made in memory first, so that a mistake in the last cluster writes nothing of the first.
  for (const { app } of made) {
    app.synthYaml();
  }
  if (values.check) {
    return;
  }
  const ledgers = join(dirname(outdir), 'ledger');
  for (const { app, cluster, warnings } of made) {
    app.synth();
    for (const warning of warnings) {
      console.error(`warning: cluster ${cluster.name}: ${warning}`);
    }
    for (const [file, text] of cluster.tokens ? Object.entries(ledgerFiles(cluster)) : []) {
      mkdirSync(ledgers, { recursive: true });
      writeFileSync(join(ledgers, file), text);
    }
  }
}

try {
  main();
} catch (error) {
  // What the user wrote is theirs to mend and needs no stack trace; anything else does.
  console.error(error instanceof StackFileError ? error.message : error);
  process.exitCode = 1;
}
