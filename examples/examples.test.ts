import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { readStackFile } from '../src/config/reader';
import type { SecuredStackProps } from '../src/config/secured-stack-props';
import { SecuredStack } from '../src/secured-stack';

const examples = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'stack.yaml')));

/** The objects of a cluster, each as its kind and name. */
function objectsOf(cluster: SecuredStackProps): string[] {
  const chart = new Chart(new App(), 'example');
  new SecuredStack(chart, 'stack', cluster);
  return (chart.toJson() as { kind: string; metadata: { name: string } }[]).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );
}

test('there are examples', () => {
  expect(examples).toEqual(['cluster-ip-entry', 'cluster-issuer', 'many-clusters', 'public-images']);
});

test.each(examples)('%s makes these objects', (name) => {
  const { clusters } = readStackFile(join(__dirname, name, 'stack.yaml'));
  expect(Object.fromEntries(clusters.map((cluster) => [cluster.name, objectsOf(cluster)]))).toMatchSnapshot();
});

test.each(examples)('%s says how to run it, and its editor finds the schema', (name) => {
  expect(readFileSync(join(__dirname, name, 'README.md'), 'utf8')).toContain(
    `STACK=examples/${name}/stack.yaml npm run synth`,
  );
  const [first = ''] = readFileSync(join(__dirname, name, 'stack.yaml'), 'utf8').split('\n');
  const schema = first.replace('# yaml-language-server: $schema=', '');
  expect(existsSync(join(__dirname, name, schema))).toBe(true);
});
