import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { filled, type Variables } from '../../bench/dashboard/panels';
import { ruleGroups } from '../../src/monitoring/alerts/rule-groups';
import { watched } from '../monitoring/alert-cases';
import { type DashboardCase, dashboardCases } from '../monitoring/dashboard-cases';
import { queries } from '../monitoring/dashboard-queries';

jest.setTimeout(300_000);

const variables: Variables = { namespace: 'm', node: '.*', rateInterval: '4m' };
const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs promtool on a file; its answer is in the error. */
function promtool(command: string[], name: string, content: object): void {
  const file = join(folder, name);
  writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }));
  execFileSync('promtool', [...command, file], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
}

/** Has promtool look whether a query finds some values after ten minutes. */
function find({ query, series }: DashboardCase, finds: DashboardCase['finds']): void {
  const expr = filled(queries.find(({ name }) => name === query)?.expr ?? '', variables);
  const samples = Object.entries(finds).map(([labels, value]) => ({ labels, value }));
  promtool(['test', 'rules'], 'case.yaml', {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [{ expr, eval_time: '10m', exp_samples: samples }],
      },
    ],
  });
}

beforeAll(() => promtool(['check', 'rules'], 'rules.yaml', { groups: ruleGroups(watched.mirror, watched.tokens) }));

it('Prometheus reads every query', () => {
  const rules = queries.map(({ expr }, nth) => ({ record: `query_${nth}`, expr: filled(expr, variables) }));
  promtool(['check', 'rules'], 'queries.yaml', { groups: [{ name: 'queries', rules }] });
});

it('every panel has a case', () => {
  const tried = new Set(dashboardCases.map(({ query }) => query));
  const panels = new Set(queries.filter(({ name }) => tried.has(name)).map(({ panel }) => panel));
  expect([...panels]).toEqual([...new Set(queries.map(({ panel }) => panel))]);
});

it.each(dashboardCases)('"$query" finds what there is when $when', (one) => {
  find(one, one.finds);
  expect(() => find(one, { ...one.finds, '{wrong="yes"}': 1 })).toThrow();
});
