import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from '../cluster/run';

const ROOT = join(__dirname, '..', '..');

/**
 * The objects that `npm run synth` writes for a stack file with one cluster.
 *
 * @param stackFile the file
 * @param out folder that they are written to
 */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export async function manifestsIn(stackFile: string, out: string): Promise<any[]> {
  const app = [process.execPath, '-r', './src/swc-register.cjs', 'src/main.ts'];
  await run(app, { cwd: ROOT, env: { STACK: stackFile, CDK8S_OUTDIR: out } });
  return objectsIn(out);
}

/** The objects in all YAML files of a folder. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export function objectsIn(folder: string): any[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}
