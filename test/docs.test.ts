import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DOCS = resolve(__dirname, '../docs');

describe('a page that has commands to type', () => {
  it('says how the command is started in a clone', () => {
    const pages = readdirSync(DOCS)
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ name, text: readFileSync(join(DOCS, name), 'utf8') }))
      .filter(({ text }) => /^(.*[|] )?secure-mirror [a-z]/m.test(text));
    expect(pages.length).toBeGreaterThan(2);
    const silent = pages.filter(({ text }) => !text.includes('npm run --silent secure-mirror --'));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
