import { parseAllDocuments, parseDocument } from 'yaml';
import { stackSchema } from '../../src/schemas/schemas';
import { parseStackFile } from '../../src/stack/reader';
import { BLOCKS, type Block } from './blocks';

/** The day on which the dates of the pages are judged. */
const DAY = '2025-06-01';
const LEAST = {
  registries: '[docker.io]',
  authentication: '{mutualTls: {issuer: {caSecret: mirror-ca}}}',
};
/** A page on tools that have keys of the same names. */
const OTHER_TOOLS = ['docs/gitops.md'];

const keysOf = ({ text }: Block) => Object.keys(parseDocument(text).toJS() ?? {});
const { properties } = stackSchema.definitions?.ClusterProps ?? {};
const isFragment = (block: Block) => keysOf(block).every((key) => key in (properties ?? {}));

/** A stack.yaml of the keys of one cluster. */
function withCluster(block: Block): string {
  const keys = keysOf(block);
  const least = Object.entries(LEAST).filter(([key]) => !keys.includes(key));
  const indent = /^ */.exec(block.text)?.[0] ?? '';
  const lines = block.text.split('\n').map((line) => `    ${line.replace(indent, '')}`);
  return ['clusters:', '  - name: page', ...least.map(([key, value]) => `    ${key}: ${value}`), ...lines].join('\n');
}

const yaml = BLOCKS.filter(({ language }) => language === 'yaml');
const ours = yaml.filter(({ page }) => !OTHER_TOOLS.includes(page));
const named = (blocks: Block[]) => blocks.map((block) => [`${block.page}:${block.line}`, block] as const);

describe('a whole stack.yaml of a page', () => {
  const files = ours.filter((block) => keysOf(block).includes('clusters'));

  it.each(named(files))('%s is read without a mistake', (_, { text }) => {
    expect(parseStackFile(text, 'stack.yaml', DAY).clusters.length).toBeGreaterThan(0);
  });

  it('is on several pages', () => expect(files.length).toBeGreaterThan(6));
});

describe('keys of a cluster', () => {
  const fragments = ours.filter(isFragment);

  it.each(named(fragments))('%s are read without a mistake', (_, block) => {
    expect(parseStackFile(withCluster(block), 'stack.yaml', DAY).clusters[0]).toMatchObject({ name: 'page' });
  });

  it('are on several pages', () => expect(fragments.length).toBeGreaterThan(3));
});

it.each(named(yaml))('%s is YAML', (_, { text }) => {
  expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
});
