import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checks } from '../../../src/cli/check/checks';

const PAGE = readFileSync(resolve(__dirname, '../../../docs/check.md'), 'utf8');
const rows = [...PAGE.matchAll(/^\| `([a-z-]+)` \| (always|before|after) \|/gm)].map(([, name = '', when = '']) => ({
  name,
  when,
}));

describe('docs/check.md', () => {
  it('has a row for each check, in their order', () => {
    expect(rows).toEqual(checks.map(({ name, when }) => ({ name, when })));
  });
});

describe('the checks', () => {
  it('have names and titles of their own', () => {
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
  });
});
