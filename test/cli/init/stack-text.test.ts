import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PLATFORMS } from '../../../src/cli/init/new-stack';
import { type GivenSettings, settingsOf } from '../../../src/cli/init/settings';
import { stackText } from '../../../src/cli/init/stack-text';
import { addDays, today } from '../../../src/settings/calendar';
import { parseStackFile } from '../../../src/stack/reader';
import type { StackFile } from '../../../src/stack/stack-file';
import { makeClusters } from '../../../src/stack/synth';

const ROOT = resolve(__dirname, '../../..');
const TEN_YEARS = 3653;
const DAYS = [today(), addDays(today(), TEN_YEARS), '2000-01-01'];
const PLACE = { schema: './src/schemas/stack.schema.json', within: '' };

/** The options, without the platform. */
const OPTIONS: [string, Omit<GivenSettings, 'platform'>][] = [
  ['without options', { name: 'default' }],
  ['for one registry and another name', { name: 'true', registries: ['registry.example.com'] }],
  ['for any registry', { name: '1', registries: ['_default,docker.io', 'docker.io', ' ghcr.io,'] }],
  ['with tokens', { name: 'east', tokens: 'kong' }],
  [
    'with tokens of another spelling, at a registry that is not mirrored',
    { name: 'e', tokens: 'Ko_ng1', registries: ['quay.io'] },
  ],
];

const textOf = (given: GivenSettings) => stackText(settingsOf(given), PLACE);
/** The comment that begins with a key, and the lines of it. */
const KEY = /^( +)# ((?:publicRepositories|network|entry| {2}cni| {2}dns): ?.*)$/;

describe.each(PLATFORMS)('the new file for %s', (platform) => {
  it.each(OPTIONS)('makes manifests without a warning on any day, %s', (_, given) => {
    const text = textOf({ platform, ...given });
    for (const day of DAYS) {
      const { clusters } = parseStackFile(text, 'stack.yaml', day);
      const [made, ...others] = [...makeClusters(clusters, day, 'stack.yaml')];
      expect({ others, warnings: made?.warnings, name: made?.name }).toEqual({
        others: [],
        warnings: [],
        name: given.name,
      });
      expect(made?.objects).toBeGreaterThan(10);
      expect(clusters[0]?.platform).toBe(platform);
    }
  });

  it('has keys in comments that are right as they are, one by one and all together', () => {
    const lines = textOf({ platform, name: 'default' }).split('\n');
    const keys = lines.flatMap((line, index) => (KEY.test(line) ? [index] : []));
    const open = (some: number[]) =>
      parse(lines.map((line, index) => (some.includes(index) ? line.replace(KEY, '$1$2') : line)).join('\n'));
    expect(keys).toHaveLength(5);
    const [cluster] = open(keys).clusters;
    expect(cluster).toMatchObject({
      publicRepositories: ['docker.io/library/*'],
      network: { cni: 'cilium', dns: { preset: expect.any(String) } },
      entry: { clusterIp: { address: expect.any(String) } },
    });
    for (const key of keys.filter((key) => !/# {3}|network:/.test(lines[key] ?? ''))) open([key]);
  });

  it('names pages and headings that exist', () => {
    const named = [
      ...textOf({ platform, name: 'default', tokens: 'kong' }).matchAll(/(docs\/[\w-]+[.]md)(?:#([\w-]+))?/g),
    ];
    expect(named.length).toBeGreaterThan(4);
    for (const [, page = '', anchor] of named) {
      expect(existsSync(join(ROOT, page))).toBe(true);
      const headings = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings).toContain(anchor);
    }
  });
});

function parse(text: string): StackFile {
  return parseStackFile(text, 'stack.yaml');
}

describe('the new file', () => {
  it('has the registries in the given order, each once, or four public ones', () => {
    const registriesOf = (registries?: string[]) => parse(textOf({ name: 'a', registries })).clusters[0]?.registries;
    expect(registriesOf(['ghcr.io, quay.io', 'ghcr.io', 'docker.io'])).toEqual(['ghcr.io', 'quay.io', 'docker.io']);
    expect(registriesOf()).toEqual(['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io']);
  });

  it('has tokens that never end, only if it is asked for them', () => {
    expect(parse(textOf({ name: 'a' })).clusters[0]?.tokens).toBeUndefined();
    const text = textOf({ name: 'a', tokens: 'kong' });
    expect(parse(text).clusters[0]?.tokens).toMatchObject([
      { organization: 'kong', pull: [{ purpose: 'app pull' }], push: [{ purpose: 'app push' }] },
    ]);
    expect(text).not.toMatch(/\d{4}-\d\d-\d\d|expires|created|retireBy/);
  });

  it('is small, and its lines have at most 120 characters', () => {
    for (const platform of PLATFORMS) {
      const lines = textOf({ platform, name: 'default', tokens: 'kong' }).split('\n');
      expect(lines.length).toBeLessThanOrEqual(65);
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
    }
  });
});
