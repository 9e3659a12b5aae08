/** @own-libraries: cdk8s reads the variables that the tests set. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { readStackFile } from '../src/stack/reader';
import { SecuredStack } from '../src/stack/secured-stack';
import type { SecuredStackProps } from '../src/stack/secured-stack-props';
import { type ExampleObject, examplesWith, manifestsOf } from './run';

const all = readdirSync(__dirname).filter((name) => statSync(join(__dirname, name)).isDirectory() && !/^__/.test(name));
const stacks = examplesWith('stack.yaml');
const apps = examplesWith('main.ts');
const readme = (name: string) => readFileSync(join(__dirname, name, 'README.md'), 'utf8');

/** Objects, each as its kind and name. */
function named(objects: ExampleObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** The objects of a cluster. */
function objectsOf(cluster: SecuredStackProps): string[] {
  const chart = new Chart(new App(), 'example');
  new SecuredStack(chart, 'stack', cluster);
  return named(chart.toJson());
}

test('there is an example of each use, and the index of pages leads to it', () => {
  const uses = 'basic cluster-issuer existing-chart guards many-clusters mirror-only pulumi python tokens-only'.split(
    ' ',
  );
  expect(all).toEqual(expect.arrayContaining(uses));
  const page = readFileSync(join(__dirname, '../docs/README.md'), 'utf8');
  expect(all.filter((name) => !page.includes(`(../examples/${name})`))).toEqual([]);
});

test.each(all)('%s says in a few lines what it makes, and how', (name) => {
  const text = readme(name);
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^# \w/);
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(text).toMatch(/^```sh\n/m);
  const links = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !existsSync(join(__dirname, name, link)))).toEqual([]);
});

test.each(stacks)('%s makes these objects', (name) => {
  const { clusters } = readStackFile(join(__dirname, name, 'stack.yaml'));
  expect(Object.fromEntries(clusters.map((cluster) => [cluster.name, objectsOf(cluster)]))).toMatchSnapshot();
});

test.each(stacks)('%s says how to run it, and its editor finds the schema', (name) => {
  expect(readme(name)).toContain(`STACK=examples/${name}/stack.yaml npm run synth`);
  const [first = ''] = readFileSync(join(__dirname, name, 'stack.yaml'), 'utf8').split('\n');
  const schema = first.replace('# yaml-language-server: $schema=', '');
  expect(existsSync(join(__dirname, name, schema))).toBe(true);
});

test.each(apps)('%s is an app that makes these objects', (name) => {
  const files = Object.entries(manifestsOf(name));
  expect(Object.fromEntries(files.map(([file, objects]) => [file, named(objects)]))).toMatchSnapshot();
  expect(readme(name)).toContain(`npx ts-node -T examples/${name}/main.ts`);
});

test.each(apps)('%s imports the package as a user does', (name) => {
  const files = readdirSync(join(__dirname, name)).filter((file) => file.endsWith('.ts'));
  const imports = files.flatMap((file) =>
    [...readFileSync(join(__dirname, name, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from),
  );
  expect(imports).toContain('secure-mirror');
  expect(imports.filter((from) => from?.startsWith('..'))).toEqual([]);
});

test('tokens-only lists the pull secrets of ServiceAccounts, and no token that pushes', () => {
  const objects = Object.values(manifestsOf('tokens-only')).flat();
  expect(objects.filter(({ kind }) => kind === 'ServiceAccount')).toMatchSnapshot();
  expect(objects.map(({ kind }) => kind)).not.toContain('DaemonSet');
});

test.each([...stacks, ...apps])('%s has the labels of the stack on each object that is not somebody else’s', (name) => {
  const objects: ExampleObject[] = stacks.includes(name)
    ? readStackFile(join(__dirname, name, 'stack.yaml')).clusters.flatMap((cluster) => {
        const chart = new Chart(new App(), 'example');
        new SecuredStack(chart, 'stack', cluster);
        return chart.toJson();
      })
    : Object.values(manifestsOf(name)).flat();
  const keys = ['name', 'part-of', 'version', 'managed-by'].map((key) => `app.kubernetes.io/${key}`);
  const without = objects.filter(({ metadata }) => keys.some((key) => metadata.labels?.[key] === undefined));
  const kinds = named(without).filter((object) => !/^(ServiceAccount|Deployment)[/]/.test(object));
  expect({ kinds, some: without.length < objects.length }).toEqual({ kinds: [], some: true });
});

test('existing-chart has the objects of the shop and of the stack, and each once', () => {
  const objects = Object.values(manifestsOf('existing-chart')).flat();
  const shop = objects.filter(({ kind }) => kind === 'ServiceAccount' || kind === 'Deployment');
  expect(shop.filter(({ metadata }) => metadata.namespace === 'shop')).toMatchSnapshot();
  const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
