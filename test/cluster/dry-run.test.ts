/** @own-libraries: cdk8s reads the variables that the tests set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { type ExampleObject, examplesWith, runExample } from '../../examples/run';
import { checkEnvironment } from './environment';
import { kubectl } from './kubectl';
import { applyManifests, NAMESPACE, scratch, synth } from './stack';

jest.setTimeout(900_000);

const root = join(__dirname, '..', '..');
const files = ['stack.yaml', ...examplesWith('stack.yaml').map((name) => join('examples', name, 'stack.yaml'))];

/** All objects in a folder of manifests. */
function objectsIn(folder: string): ExampleObject[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS());
}

/** The namespaces of a folder of manifests: those that it makes, as it makes them, and those that must be there. */
function namespacesOf(folder: string): ExampleObject[] {
  const objects = objectsIn(folder);
  const made = objects.filter(({ kind }) => kind === 'Namespace');
  const used = objects.flatMap(({ metadata: { namespace } }) => namespace ?? []);
  const others = [...new Set(used)].filter((name) => made.every(({ metadata }) => metadata.name !== name));
  return [...made, ...others.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))];
}

/** Applies manifests without effect. A dry run makes no namespace that the other objects could be in, so these are made before. */
async function tryOut(folder: string): Promise<void> {
  const namespaces = namespacesOf(folder);
  await kubectl(['apply', '--server-side', '-f', '-'], { input: namespaces.map((o) => stringify(o)).join('---\n') });
  try {
    await applyManifests(folder, '--dry-run=server');
  } finally {
    const names = new Set([NAMESPACE, ...namespaces.map(({ metadata }) => metadata.name)]);
    await kubectl(['delete', 'namespace', ...names, '--ignore-not-found']);
  }
}

describe('the API server takes every example without a warning', () => {
  beforeAll(checkEnvironment);

  test.each(files)('%s', async (file) => {
    for (const manifests of await synth(join(root, file), join(scratch(), 'out'))) {
      await tryOut(manifests);
    }
  });

  test.each(examplesWith('main.ts'))('examples/%s/main.ts', async (name) => {
    const folder = join(scratch(), 'out');
    runExample(name, folder);
    await tryOut(folder);
  });
});
