import { metrics } from '../../src/mirror/contract/metrics';
import { runbook } from '../../src/monitoring/alerts/alert';
import { ruleGroups } from '../../src/monitoring/alerts/rule-groups';
import dashboard from '../../src/monitoring/dashboard/dashboard.json';
import { kind, minimal, objectsOf, variants } from '../support';
import { watched } from './alert-cases';
import { metricsIn, panels, queries } from './dashboard-queries';

const rules = ruleGroups(watched.mirror, watched.tokens).flatMap((group) => group.rules);
const alerts = new Set(rules.flatMap(({ alert = [] }) => alert));
const DATASOURCE = { type: 'prometheus', uid: '$' + '{datasource}' };

/** What others report: Prometheus itself, Spegel 0.7.3, and Envoy, which test/integration/metrics.test.ts asks for its names. */
const OTHERS = [
  'ALERTS',
  'up',
  'spegel_resolve_duration_seconds_bucket',
  'envoy_http_downstream_rq_xx',
  'envoy_http_downstream_rq_time_bucket',
];
const reported = new Set([
  ...OTHERS,
  ...rules.flatMap(({ record = [] }) => record),
  ...Object.values(metrics).map(({ name }) => name),
]);

describe.each(panels.map((panel) => [panel.title, panel] as const))('the panel "%s"', (title, panel) => {
  it('asks a question, and says what is good', () => {
    expect(title).toMatch(/^[A-Z].*[?]$/);
    expect(panel.description?.length).toBeGreaterThan(50);
  });

  it('says what its values are, and why there may be none', () => {
    const { defaults } = panel.fieldConfig;
    expect(defaults).toMatchObject({ unit: expect.stringMatching(/\w/), noValue: expect.stringMatching(/\S/), min: 0 });
    expect(defaults.max ?? 1).toBe(1);
    expect(defaults.unit === 'percentunit').toBe(defaults.max === 1);
    expect(defaults.thresholds.steps[0]?.value).toBeNull();
  });

  it('asks the Prometheus that the reader chose', () => {
    expect(panel.targets?.length).toBeGreaterThan(0);
    for (const { datasource, expr, legendFormat } of panel.targets ?? []) {
      expect(datasource).toEqual(DATASOURCE);
      expect([expr, legendFormat]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    }
    expect(panel.datasource).toEqual(DATASOURCE);
  });
});

describe('the dashboard', () => {
  it('has a name for each panel and query', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const { targets = [] } of panels) {
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
    expect(panels.length).toBeGreaterThan(10);
  });

  it('has each panel at a place of its own', () => {
    const taken = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, nth) => `${x + (nth % w)},${y + Math.floor(nth / w)}`);
    });
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('lets the reader choose Prometheus, namespace and nodes', () => {
    const chosen = dashboard.templating.list.map(({ name, multi, includeAll }) => [name, multi, includeAll]);
    expect(chosen).toEqual([
      ['datasource', false, false],
      ['namespace', false, false],
      ['node', true, true],
    ]);
  });

  it('asks for no values of a variable but of the namespace that the reader chose', () => {
    const asked = dashboard.templating.list.map(({ query }) => query);
    expect(asked).toEqual([
      'prometheus',
      'label_values(secured_mirror_registries, namespace)',
      'label_values(secured_mirror_registries{namespace="$namespace"}, node)',
    ]);
  });

  it('leads to the section of every alert, and nowhere else', () => {
    const links = panels.flatMap(({ description = '' }) => [...description.matchAll(/\[(\w+)\]\(([^)]*)\)/g)]);
    for (const [, name = '', url] of links) expect(url).toBe(runbook(name));
    expect(new Set(links.map(([, name]) => name))).toEqual(alerts);
    expect(dashboard.links.map(({ url }) => url)).toEqual([runbook('alerts')]);
  });

  it('is small', () => {
    expect(JSON.stringify(dashboard).length).toBeLessThan(60_000);
  });
});

describe.each(queries)('"$name" of "$panel"', ({ expr }) => {
  const read = metricsIn(expr);

  it('reads what something reports', () => {
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((metric) => !reported.has(metric))).toEqual([]);
  });

  it('reads the mirror that the reader chose, but for the ledger, which is of no namespace', () => {
    const ofTheLedger = read.every((metric) => /token_left|account_left/.test(metric));
    const selectors = expr.match(/\{[^}]*\}/g) ?? [];
    expect(selectors.length).toBe(ofTheLedger ? 0 : read.length);
    for (const selector of selectors) expect(selector).toMatch(/namespace=(~"\$namespace[|]"|"\$namespace")/);
  });

  it('makes no rate over less than Grafana says, but in a table of now', () => {
    for (const [, range] of expr.matchAll(/\[([^\]]*)\]/g)) expect(['$__rate_interval', '5m']).toContain(range);
  });
});

describe('the ConfigMap', () => {
  const found = (name: string) =>
    kind(objectsOf(variants[name] ?? minimal), 'ConfigMap').filter(
      ({ metadata }) => metadata.name === 'mirror-dashboard',
    );

  it('has the dashboard as one file, where the setting is', () => {
    const [{ metadata, data }, ...others] = found('dashboard');
    expect(others).toEqual([]);
    expect(metadata.namespace).toBe('secured-mirror');
    expect(metadata.labels).toMatchObject({ grafana_dashboard: '1', 'app.kubernetes.io/name': 'secured-mirror' });
    expect(Object.keys(data)).toEqual(['secured-mirror.json']);
    expect(JSON.parse(data['secured-mirror.json'])).toEqual(dashboard);
  });

  it('is not there without it', () => {
    expect(found('monitoring')).toEqual([]);
  });
});
