import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ruleGroups } from '../../src/monitoring/alerts/rule-groups';
import { type AlertCase, alertCases, watched } from '../monitoring/alert-cases';
import { scrapeJobs } from '../monitoring/scrape-configuration';

const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const groups = ruleGroups(watched.mirror, watched.tokens);

/** Runs promtool on a file; its answer is in the error. */
function promtool(command: string[], name: string, content: object): void {
  const file = join(folder, name);
  writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }));
  execFileSync('promtool', [...command, file], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
}

/** A test for promtool: how many alerts of the name and severity fire. */
function test({ alert, severity, step, at }: AlertCase, series: AlertCase['fires'], fire: boolean) {
  const { at: when = at, ...input } = series;
  return {
    interval: step,
    input_series: Object.entries(input).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${alert}", severity="${severity}", alertstate="firing"})`,
        eval_time: when,
        exp_samples: fire ? [{ labels: '{}', value: 1 }] : [],
      },
    ],
  };
}

beforeAll(() => promtool(['check', 'rules'], 'rules.yaml', { groups }));

it.each(alertCases)('$alert ($severity) fires once, and stays silent once', (one) => {
  const tests = [test(one, one.fires, true), test(one, one.silent, false)];
  const name = `${one.alert}-${one.severity}`;
  // The group of the alert has all that it reads.
  const own = groups.filter(({ rules }) => rules.some((rule) => rule.alert === one.alert));
  writeFileSync(join(folder, `${name}-rules.yaml`), stringify({ groups: own }, { aliasDuplicateObjects: false }));
  const file = { rule_files: [`${name}-rules.yaml`], evaluation_interval: one.step, tests };
  promtool(['test', 'rules'], `${name}.yaml`, file);
});

it('a wrong rule is found', () => {
  const wrong = { groups: [{ name: 'wrong', rules: [{ record: 'a', expr: 'sum by (' }] }] };
  expect(() => promtool(['check', 'rules'], 'wrong.yaml', wrong)).toThrow();
});

it('the scrape configuration of the page is right', () => {
  // Debian's promtool knows no Kubernetes.
  const known = scrapeJobs.map(({ kubernetes_sd_configs: _, ...job }) => job);
  const check = ['check', 'config', '--syntax-only'];
  promtool(check, 'prometheus.yaml', { scrape_configs: known });
  const wrong = known.map((job) => ({ ...job, tls_config: { servername: 'a' } }));
  expect(() => promtool(check, 'prometheus.yaml', { scrape_configs: wrong })).toThrow();
  for (const { kubernetes_sd_configs: found } of scrapeJobs) {
    expect(found).toEqual([{ role: 'pod', namespaces: { names: ['secured-mirror'] } }]);
  }
  expect(scrapeJobs.map(({ job_name: name, metrics_path: path }) => [name, path])).toEqual([
    ['secured-mirror-agent', '/metrics/agent'],
    ['secured-mirror-proxy', '/metrics/proxy'],
    ['secured-mirror-spegel', '/metrics'],
  ]);
});
