/** @own-libraries: cdk8s reads the variable that the test sets. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { ClusterTokens } from '../../../src';

const folder = mkdtempSync(join(tmpdir(), 'accounts-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tokensIn(chart: Chart, id: string, namespace: string) {
  const bindTo = [{ namespace, serviceAccounts: ['app'] }];
  const pull = [{ purpose: `${id} pull`, repositories: ['kong/app'], owner: 'team', bindTo }];
  new ClusterTokens(chart, id, { name: id, namespace: `mirror-${id}`, tokens: [{ organization: `kong-${id}`, pull }] });
}

/** The files of an app, and the namespaces of the ServiceAccounts in each. */
function filesOf(make: (app: App) => void): { [file: string]: string[] } {
  const app = new App({ outdir: mkdtempSync(join(folder, 'app-')) });
  make(app);
  app.synth();
  return Object.fromEntries(
    readdirSync(app.outdir).map((file) => {
      const accounts = readFileSync(join(app.outdir, file), 'utf8')
        .split('---\n')
        .filter((text) => /^kind: ServiceAccount$/m.test(text));
      return [file, accounts.map((text) => /namespace: (\w+)/.exec(text)?.[1] ?? '')];
    }),
  );
}

describe('ServiceAccounts of workloads in an app', () => {
  it('are in a file called after the chart around them, whatever is around that', () => {
    const files = filesOf((app) => {
      tokensIn(new Chart(app, 'one'), 'a', 'a');
      tokensIn(new Chart(app, 'two'), 'b', 'b');
    });
    expect(files).toEqual({
      'one.k8s.yaml': [],
      'one-service-accounts.k8s.yaml': ['a'],
      'two.k8s.yaml': [],
      'two-service-accounts.k8s.yaml': ['b'],
    });
  });

  it('of two constructs in one chart are in two files', () => {
    const files = filesOf((app) => {
      const chart = new Chart(app, 'one');
      tokensIn(chart, 'a', 'a');
      tokensIn(chart, 'b', 'b');
    });
    expect(files['one-service-accounts.k8s.yaml']).toEqual(['a']);
    expect(Object.values(files).flat().sort()).toEqual(['a', 'b']);
  });

  it('refuse a chart of the user’s with the name of their file', () => {
    const make = (app: App) => {
      tokensIn(new Chart(app, 'one'), 'a', 'a');
      new Chart(app, 'one-service-accounts');
    };
    expect(() => filesOf(make)).toThrow(/another chart has the name .*: call it otherwise than one-service-accounts/);
  });
});
