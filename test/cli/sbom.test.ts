import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv from 'ajv';
import { sbom } from '../../src/cli/generate-sbom';
import { LockedPackages } from '../../src/cli/locked-packages';

const ROOT = resolve(__dirname, '../..');
const BUNDLED = ['node_modules/commander', 'node_modules/cdk8s/node_modules/yaml'];
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly group?: string;
  readonly scope: string;
  readonly purl: string;
  readonly hashes?: unknown[];
  readonly licenses: unknown[];
  readonly properties?: { readonly name: string }[];
}
const parsed = JSON.parse(sbom(BUNDLED));
const components: Component[] = parsed.components;
const called = (name: string) => components.find((it) => [it.group, it.name].filter(Boolean).join('/') === name);

afterEach(() => {
  delete process.env.SOURCE_DATE_EPOCH;
});

describe('the bill of materials', () => {
  it('follows the schema of CycloneDX 1.6', () => {
    const folder = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
    const schema = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    const valid = ajv.compile(schema('bom-1.6'));
    expect(valid(parsed) || valid.errors).toBe(true);
    expect(valid({ ...parsed, components: [{ name: 'no type' }] })).toBe(false);
  });

  it('is about this version of the package', () => {
    expect(parsed.metadata.component).toMatchObject({
      name: 'secure-mirror',
      version: manifest.version,
      licenses: [{ license: { id: 'Apache-2.0' } }],
      purl: `pkg:npm/secure-mirror@${manifest.version}`,
    });
  });

  it('has every dependency, every peer, and what is in the command, and none twice', () => {
    const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, commander: '' });
    expect(names.filter((name) => called(name) === undefined)).toEqual([]);
    const refs = components.map((it) => it['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const bundled = components.filter((it) => it.properties?.some(({ name }) => name === 'cdx:npm:package:bundled'));
    expect(bundled.map(({ name }) => name)).toEqual(['commander', 'yaml']);
  });

  it('has what these need, and nothing that only makes or tests the package', () => {
    expect(called('follow-redirects')).toMatchObject({ scope: 'required' });
    expect(called('@grpc/grpc-js')).toMatchObject({ scope: 'optional' });
    for (const name of ['jest', 'typescript', 'esbuild', '@biomejs/biome']) expect(called(name)).toBeUndefined();
  });

  it('has Pulumi as optional, with hash and licence', () => {
    expect(called('@pulumi/kubernetes')).toMatchObject({
      scope: 'optional',
      purl: `pkg:npm/%40pulumi/kubernetes@${manifest.devDependencies['@pulumi/kubernetes']}`,
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      licenses: [{ license: { id: 'Apache-2.0' } }],
    });
    expect(components.filter(({ licenses }) => licenses === undefined)).toEqual([]);
  });

  it('says who needs whom', () => {
    const of = (ref: string) => parsed.dependencies.find((it: { ref: string }) => it.ref.startsWith(ref)).dependsOn;
    expect(of('secure-mirror@')).toHaveLength(8);
    expect(of('cdk8s@').map((ref: string) => ref.replace(/@.*/, ''))).toContain('fast-json-patch');
    const known = [...components.map((it) => it['bom-ref']), `secure-mirror@${manifest.version}`];
    const mentioned = parsed.dependencies.flatMap((it: { ref: string; dependsOn?: string[] }) => [
      it.ref,
      ...(it.dependsOn ?? []),
    ]);
    expect(mentioned.filter((ref: string) => !known.includes(ref))).toEqual([]);
  });

  it('is the same text each time, with a time only of SOURCE_DATE_EPOCH', () => {
    expect(sbom(BUNDLED)).toBe(sbom([...BUNDLED].reverse()));
    expect(parsed.metadata.timestamp).toBeUndefined();
    process.env.SOURCE_DATE_EPOCH = '1750000000';
    expect(JSON.parse(sbom(BUNDLED)).metadata.timestamp).toBe('2025-06-15T15:06:40.000Z');
  });

  it('cannot be made of a folder that package-lock.json lacks', () => {
    expect(() => sbom(['node_modules/planted'])).toThrow('package-lock.json has no node_modules/planted');
  });
});

describe('packages of a lock file', () => {
  const locked = new LockedPackages(
    JSON.stringify({
      packages: {
        '': {
          dependencies: { a: '1', '@s/b': '1' },
          peerDependencies: { c: '1', d: '1' },
          peerDependenciesMeta: { d: { optional: true } },
        },
        'node_modules/a': { version: '1', dependencies: { c: '2' }, optionalDependencies: { gone: '1' } },
        'node_modules/a/node_modules/c': { version: '2', dependencies: { '@s/b': '1' } },
        'node_modules/@s/b': { version: '1', dependencies: { a: '1' } },
        'node_modules/c': { version: '1' },
        'node_modules/d': { version: '1' },
      },
    }),
  );

  it('are those next to the one that needs them', () => {
    expect(locked.dependencies('node_modules/a')).toEqual(['node_modules/a/node_modules/c']);
    expect(locked.dependencies('node_modules/a/node_modules/c')).toEqual(['node_modules/@s/b']);
    expect(locked.dependencies()).toEqual(['node_modules/a', 'node_modules/@s/b', 'node_modules/c']);
    expect(locked.optionalPeers()).toEqual(['node_modules/d']);
  });

  it('end where they come round', () => {
    const all = ['node_modules/@s/b', 'node_modules/a', 'node_modules/a/node_modules/c'];
    expect([...locked.closure(['node_modules/a'])].sort()).toEqual(all);
  });
});
