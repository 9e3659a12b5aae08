import { delimiter, join } from 'node:path';
import { isProgram } from '../integration/tokens/harness/programs';
import { makeTemporaryFolder } from '../temporary-folder';

const PROGRAMS = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-kubernetes'];

/**
 * Runs before all tests against a real engine.
 *
 * @throws Error naming what is missing; then no test runs, and none is counted
 */
export default function checkNeeds(): void {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => isProgram(join(folder, name))));
  const unset = process.env.KUBECONFIG ? [] : ['KUBECONFIG, of a cluster that nobody needs, with cert-manager'];
  if (missing.length + unset.length > 0) {
    const lines = [...missing.map((name) => `${name}, on PATH`), ...unset].map((line) => `  ${line}`);
    throw new Error(`nothing was run, as this is missing:\n${lines.join('\n')}\nSee docs/pulumi.md.`);
  }
  makeTemporaryFolder();
}
