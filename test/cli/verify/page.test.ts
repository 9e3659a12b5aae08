import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rows } from '../../../src/cli/verify/rows';

const read = (file: string) => readFileSync(resolve(__dirname, '../../../docs', file), 'utf8');
const idsIn = (page: string) => [...page.matchAll(/^\| (T\d+) \|/gm)].map(([, id = '']) => id);

describe('docs/verify.md', () => {
  it('says of each row what the command says', () => {
    const lines = rows.map(({ name, title, tries, expected, locks }) =>
      ['', name, title, tries, expected, locks.join(', '), ''].join(' | ').trim(),
    );
    const page = read('verify.md').split('\n');
    expect(page.filter((line) => /^\| T\d+ \| .* \| .* \| .* \| .* \|$/.test(line))).toEqual(lines);
  });
});

describe('the rows', () => {
  it('are those of docs/security.md, and those that it says are the users', () => {
    const known = new Set([...idsIn(read('security.md')), 'T6', 'T14', 'T16', 'T18']);
    expect(new Set(rows.map(({ name }) => name))).toEqual(known);
  });

  it('have ids and titles of their own', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length);
  });
});
