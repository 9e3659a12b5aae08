import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Folders of examples that have a file. */
export function examplesWith(file: string): string[] {
  return readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, file)));
}

/**
 * Runs the main.ts of an example, as a test does: in this process, and with the sources of the package.
 *
 * @param name the example
 * @param folder where its manifests go
 */
export function runExample(name: string, folder: string): void {
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = folder;
  try {
    jest.isolateModules(() => require(join(__dirname, name, 'main')));
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
}

/** The manifests that an example's main.ts writes: the objects of each file. */
export function manifestsOf(name: string): { readonly [file: string]: ExampleObject[] } {
  const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-example-'));
  try {
    runExample(name, folder);
    const files = readdirSync(folder).sort();
    const objects = (file: string) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((o) => o.toJS());
    return Object.fromEntries(files.map((file) => [file, objects(file)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An object of the API, as far as all have it. */
export interface ExampleObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [label: string]: string };
  };
}
