/** @own-libraries: these tests are about two copies of them. */
import { rmSync } from 'node:fs';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type * as Library from '../../src';
import { tokens, variants } from '../support';

/** The library with copies of cdk8s, cdk8s-plus-28 and constructs that are not those of this file. */
const { library, copies } = (() => {
  let loaded: { library: typeof Library; copies: object[] } | undefined;
  jest.isolateModules(() => {
    loaded = { library: require('../../src'), copies: [require('cdk8s').ApiObject, require('constructs').Construct] };
  });
  return loaded as NonNullable<typeof loaded>;
})();
const same: typeof Library = require('../../src');

const props = variants.tokens as Library.SecuredStackProps;

/** An app with a chart that has labels, a namespace, and the stack of a copy of the library. */
function appOf({ SecuredStack }: typeof Library) {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'apps', labels: { team: 'platform' } });
  return { app, chart, stack: new SecuredStack(chart, 'stack', props) };
}

describe('with a second copy of cdk8s and constructs in the tree', () => {
  it('the copies differ', () => {
    expect(copies[0]).not.toBe(ApiObject);
    expect(copies[1]).not.toBe(Construct);
  });

  it('the manifests are the same, file by file and object by object', () => {
    const charts = ({ app }: { app: App }) => app.charts.map((chart) => [chart.node.path, chart.toJson()]);
    expect(charts(appOf(library))).toEqual(charts(appOf(same)));
    expect(appOf(library).app.synthYaml()).toBe(appOf(same).app.synthYaml());
  });

  it("Testing's snapshot is the same", () => {
    const synth = ({ SecuredStack }: typeof Library) => {
      const chart = Testing.chart();
      rmSync(App.of(chart).outdir, { recursive: true });
      new SecuredStack(chart, 'stack', props);
      return Testing.synth(chart);
    };
    expect(synth(library)).toEqual(synth(same));
    expect(synth(library).length).toBeGreaterThan(20);
  });

  it('objects are found and patched, also by what is known late', () => {
    const { chart, stack } = appOf(library);
    const mirror = ApiObject.of(stack.node.findChild('mirror'));
    mirror.addJsonPatch(JsonPatch.add('/spec/updateStrategy/rollingUpdate/maxUnavailable', 2));
    mirror.metadata.addAnnotation('late', Lazy.any({ produce: () => 'value' }));
    const [daemonSet] = chart.toJson().filter(({ kind }) => kind === 'DaemonSet');
    expect(daemonSet.spec.updateStrategy.rollingUpdate.maxUnavailable).toBe(2);
    expect(daemonSet.metadata).toMatchObject({ annotations: { late: 'value' }, labels: { team: 'platform' } });
  });

  it('order is kept where objects of the app depend on the stack', () => {
    const { app, chart, stack } = appOf(library);
    const first = new ApiObject(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap' });
    stack.node.addDependency(first);
    app.synthYaml();
    expect(chart.toJson()[0]).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'apps' } });
  });

  it('references to objects of the app are taken', () => {
    const { chart } = appOf(library);
    const account = new ServiceAccount(chart, 'account', { metadata: { name: 'controller' } });
    const bindings = library.PodsOf.serviceAccounts([account]);
    expect(bindings).toEqual([{ namespace: 'apps', serviceAccounts: ['controller'] }]);
  });

  it('mistakes of the whole app are told', () => {
    const { app, chart } = appOf(library);
    new ServiceAccount(chart, 'account', { metadata: { namespace: 'nightly', name: 'default' } });
    expect(() => app.synthYaml()).toThrow(/ServiceAccount nightly\/default is made in this app too/);
    expect(tokens.length).toBeGreaterThan(0);
  });
});
