import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { MUTANTS }: { MUTANTS: [string, string, string][] } = require('./mutants.cjs');

test('each mutant changes a text that is in its file', () => {
  const gone = MUTANTS.filter(([file, text]) => !readFileSync(join(__dirname, '..', file), 'utf8').includes(text));
  expect(gone).toEqual([]);
});
