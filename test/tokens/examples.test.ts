import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import ts from 'typescript';
import * as library from '../../src';
import { surfaceOf } from '../../src/documents/surface-page';

const CONSTRUCTS = ['ClusterTokens', 'OrganizationTokens', 'PullToken', 'PushToken', 'IngressControllerTokens'];

const surface = surfaceOf(join(__dirname, '../../src/index.ts'));

/** The example of a class of the library. */
function exampleOf(name: string): string {
  return surface.find((declaration) => declaration.name === name)?.docs.tags.get('example') ?? '';
}

/** Runs an example, which has a chart, and returns how many objects the chart holds then. */
function objectsOf(example: string): number {
  const chart = new Chart(new App(), 'chart');
  const script = ts.transpileModule(example, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText;
  new Function('chart', ...Object.keys(library), script)(chart, ...Object.values(library));
  return chart.node.findAll().filter(ApiObject.isApiObject).length;
}

describe('the examples of the tokens', () => {
  it.each(CONSTRUCTS)('make objects: %s', (name) => {
    const example = exampleOf(name);
    expect(example).toContain(name);
    expect(objectsOf(example)).toBeGreaterThan(0);
  });
});
