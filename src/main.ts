import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { spellingOf } from './cli/shared/started';
import { SettingsError } from './settings/errors';
import { dayOf } from './stack/day';
import { readStackFile } from './stack/reader';
import { makeClusters, writeFiles } from './stack/synth';
import { warn } from './stack/warnings';

/**
 * stack.yaml, or the file that STACK names, to manifests, and the ledger of its tokens into a folder `ledger` beside theirs. A file
 * with mistakes changes nothing. --today, or TODAY, is the day on which dates are judged.
 */
function main(): void {
  const { values } = parseArgs({ options: { today: { type: 'string' } } });
  const day = dayOf(values.today ?? (process.env.TODAY || undefined));
  // cdk8s empties this folder before, and lists it after.
  const startedByCdk8s = process.env.CDK8S_OUTDIR;
  const outdir = startedByCdk8s ?? join('dist', 'manifests');
  const file = process.env.STACK ?? 'stack.yaml';
  const { clusters } = readStackFile(file, day);
  if (startedByCdk8s === undefined) rmSync(outdir, { recursive: true, force: true });
  for (const cluster of makeClusters(clusters, day)) {
    const folder = join(outdir, cluster.name);
    writeFiles(folder, cluster.manifests);
    if (startedByCdk8s === undefined) console.log(`${folder}/`);
    warn(cluster, spellingOf({ file, cluster: clusters.length > 1 ? cluster.name : undefined }));
    writeFiles(join(dirname(outdir), 'ledger'), cluster.ledger);
  }
}

try {
  main();
} catch (error) {
  // Users mend their own file without a stack trace; any other error needs it.
  console.error(error instanceof SettingsError ? error.message : error);
  process.exitCode = 1;
}
