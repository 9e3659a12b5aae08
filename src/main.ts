import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { StackFileError } from './config/errors';
import { readStackFile } from './config/reader';
import type { SecuredStackProps } from './config/secured-stack-props';
import { SecuredStack } from './secured-stack';

/** One cluster is one cdk8s App with a folder of its own: an App of many charts costs quadratic time (measured). */
function clusterApp(cluster: SecuredStackProps, outdir: string): App {
  const app = new App({ outdir: join(outdir, cluster.name) });
  const chart = new Chart(app, 'secured-mirror');
  new SecuredStack(chart, 'stack', cluster);
  return app;
}

/** stack.yaml, or the file that STACK names, to manifests; with --check, only says what is wrong with it. */
function main(): void {
  const { clusters } = readStackFile(process.env.STACK ?? 'stack.yaml');
  const apps = clusters.map((cluster) => clusterApp(cluster, process.env.CDK8S_OUTDIR ?? join('dist', 'manifests')));
  // Everything is made in memory first, so that a mistake in the last cluster writes nothing of the first.
  for (const app of apps) {
    app.synthYaml();
  }
  if (process.argv.includes('--check')) {
    return;
  }
  for (const app of apps) {
    app.synth();
  }
}

try {
  main();
} catch (error) {
  // What the user wrote is theirs to mend and needs no stack trace; anything else does.
  console.error(error instanceof StackFileError ? error.message : error);
  process.exitCode = 1;
}
