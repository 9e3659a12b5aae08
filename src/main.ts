import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { spellingOf } from './cli/shared/started';
import { SettingsError } from './settings/errors';
import { readStackFile } from './stack/reader';
import { dayOf, makeClusters, warn, writeFiles } from './stack/synth';

/**
 * stack.yaml, or the file that STACK names, to manifests, and the ledger of its tokens into a folder `ledger` beside theirs; with
 * --check, only prints the mistakes of the file. --today, or TODAY, is the day on which dates are judged.
 */
function main(): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, today: { type: 'string' } } });
  const day = dayOf(values.today ?? (process.env.TODAY || undefined));
  const outdir = process.env.CDK8S_OUTDIR ?? join('dist', 'manifests');
  const file = process.env.STACK ?? 'stack.yaml';
  const { clusters } = readStackFile(file, day);
  const made = makeClusters(clusters, day);
  if (values.check) {
    return;
  }
  for (const cluster of made) {
    writeFiles(join(outdir, cluster.name), cluster.manifests);
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
