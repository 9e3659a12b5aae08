import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homepage } from '../../package.json';
import { ruleGroups } from '../../src/monitoring/alerts/rule-groups';
import { resolveStack } from '../../src/stack/resolve';
import { variants } from '../support';
import { alertCases, watched } from './alert-cases';

const page = readFileSync(join(__dirname, '../../docs/monitoring.md'), 'utf8');
const rules = ruleGroups(watched.mirror, watched.tokens).flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);
const names = [...new Set(alerts.map(({ alert }) => alert ?? ''))];

it('every alert is tried by promtool, in each severity', () => {
  const tried = alertCases.map(({ alert, severity }) => `${alert} ${severity}`);
  expect([...tried].sort()).toEqual(alerts.map(({ alert, labels }) => `${alert} ${labels?.severity}`).sort());
});

it('every alert has a section that says what to do, and there is none without an alert', () => {
  const sections = [...page.matchAll(/^### (\S+)$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual([...names].sort());
});

it('every alert leads there', () => {
  const base = homepage.replace('#readme', '/blob/main/docs/monitoring.md');
  for (const { alert = '', annotations } of alerts) {
    expect(annotations?.runbook_url).toBe(`${base}#${alert.toLowerCase()}`);
  }
});

it('the rules of every stack name each alert of a severity once', () => {
  for (const props of Object.values(variants)) {
    const { mirror, tokens } = resolveStack(props);
    const all = ruleGroups(mirror, tokens).flatMap((group) => group.rules);
    const found = all.flatMap(({ alert, labels }) => (alert === undefined ? [] : [`${alert} ${labels?.severity}`]));
    expect(new Set(found).size).toBe(found.length);
  }
});

it('a certificate that cert-manager renews in time is no alert', () => {
  const first = alerts.find(
    ({ alert, labels }) => alert === 'SecuredMirrorCertificateExpires' && labels?.severity === 'info',
  );
  expect(first?.expr).toBe(
    'secured_mirror:certificate_left:ratio < 0.3 and secured_mirror:certificate_left:ratio >= 0.2',
  );
});
