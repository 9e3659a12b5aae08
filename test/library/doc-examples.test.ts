import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-28';
import * as library from '../../src';
import { examplesOf, runExample } from '../doc-examples';

/** Classes whose example is still missing. */
const NOT_YET = [
  'Authentication',
  'ClusterTokens',
  'Entry',
  'IngressControllerTokens',
  'OrganizationTokens',
  'PullToken',
  'PushToken',
];

const examples = examplesOf('secure-mirror');

describe('the examples in doc comments', () => {
  it('are there for every exported class', () => {
    const without = examples.filter(([, code]) => code === undefined).map(([name]) => name);
    expect(without.filter((name) => !NOT_YET.includes(name))).toEqual([]);
  });

  it.each(examples.filter(([, code]) => code !== undefined))('of %s makes objects', (name, code = '') => {
    const app = new App({ outdir: 'never written' });
    const chart = new Chart(app, 'test');
    runExample(code, { ...library, JsonPatch, Secret, ServiceAccount, app, chart });
    expect(code).toContain(name);
    expect(chart.node.findAll().filter(ApiObject.isApiObject).length).toBeGreaterThan(0);
  });
});
