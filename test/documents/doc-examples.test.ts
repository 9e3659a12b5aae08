import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-28';
import * as library from '../../src';
import { examplesOf, runExample } from './doc-examples';

const examples = examplesOf('secure-mirror');

describe('the examples in doc comments', () => {
  it('are there for every exported class', () => {
    expect(examples.filter(([, code]) => code === undefined).map(([name]) => name)).toEqual([]);
  });

  it.each(examples)('of %s makes objects', (name, code = '') => {
    const app = new App({ outdir: 'never written' });
    const chart = new Chart(app, 'test');
    runExample(code, { ...library, JsonPatch, Secret, ServiceAccount, app, chart });
    expect(code).toContain(name);
    expect(chart.node.findAll().filter(ApiObject.isApiObject).length).toBeGreaterThan(0);
  });
});
