import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { examplesWith } from '../../examples/run';
import { addDays, today } from '../../src/settings/calendar';
import { parseStackFile } from '../../src/stack/reader';
import { resolveStack } from '../../src/stack/resolve';
import { warningsOf } from '../../src/stack/warnings';

const ROOT = resolve(__dirname, '../..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const now = today();
/** Days on which examples are tried: also the default one's own last day of the shared account, and days about it. */
const DAYS = ['2000-01-01', '2025-06-14', '2025-06-15', '2025-06-16', now, addDays(now, 3653)];

/** The warnings of each cluster on a day. */
const warnings = (stack: string, name: string, day: string) =>
  parseStackFile(stack, name, day).clusters.flatMap((cluster) => warningsOf(resolveStack(cluster), day));

/** YAML in a page that is a stack, or the tokens of one. */
function stacksIn(page: string): string[] {
  const blocks = [...text(page).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const dated: string[] = [];
  const stacks = blocks.flatMap((block) => {
    const value = /^(clusters|tokens):/m.test(block) ? parse(block) : undefined;
    if (value?.clusters) return [block];
    if (value?.tokens) return [stringify({ clusters: [{ ...CLUSTER, ...value }] })];
    if (/\d{4}-\d\d-\d\d/.test(block)) dated.push(block);
    return [];
  });
  expect(dated).toEqual([]);
  return stacks;
}

const CLUSTER = {
  name: 'page',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'ca' } } },
};
const FILES = ['stack.yaml', ...examplesWith('stack.yaml').map((name) => `examples/${name}/stack.yaml`)];
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

describe.each(DAYS)('on %s', (day) => {
  it.each(FILES)('%s has no mistake, and no warning', (file) => {
    expect(warnings(text(file), file, day)).toEqual([]);
  });

  it('neither has a stack in a page', () => {
    const stacks = PAGES.flatMap((page) => stacksIn(page).map((stack) => [page, stack] as const));
    expect(stacks.length).toBeGreaterThanOrEqual(3);
    for (const [page, stack] of stacks) {
      // The page on patches shows one that synth warns of, on any day.
      const found = warnings(stack, page, day).filter((warning) => !warning.startsWith('patches['));
      expect([page, found]).toEqual([page, []]);
    }
  });
});

it('no app among the examples names a day', () => {
  const files = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
  const apps = files.filter((file) => /[/]([\w-]+)[.](ts|py)$/.test(file));
  expect(apps.length).toBeGreaterThan(4);
  expect(apps.filter((file) => /\d{4}-\d\d-\d\d/.test(text(join('examples', file))))).toEqual([]);
});
