import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { lua } from '../../src/mirror/envoy/lua';
import { scripts } from '../../src/mirror/node-agent/scripts';
import { ROOT } from './library-copy';
import { type Packed, pack } from './packed';
import { run } from './run';

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-pack-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let packed: Packed;
beforeAll(() => {
  packed = pack(scratch, (copy) => {
    // Left over of an earlier build.
    mkdirSync(join(copy, 'dist/lib/src'), { recursive: true });
    for (const file of ['.tsbuildinfo', 'src/gone.js']) writeFileSync(join(copy, 'dist/lib', file), '');
  });
  run(['tar', '-xzf', packed.file, '-C', scratch], scratch);
});

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const text = (file: string) => readFileSync(join(scratch, 'package', file), 'utf8');

describe('what npm packs', () => {
  it('is in these folders, of these kinds', () => {
    const kinds = packed.files.map((file) => {
      const [, kind = ''] = /[^/]([.](d[.]ts|schema[.]json|[a-z]+))?$/.exec(file) ?? [];
      return file.includes('/') ? `${dirname(file)}/*${kind}` : file;
    });
    expect([...new Set(kinds)]).toMatchSnapshot();
  });

  it('is no test, no map, no source of TypeScript but of examples, nothing hidden and nothing left over', () => {
    const wrong =
      /(^|\/)(test|bench|node_modules|__snapshots__|\.[^/]*)(\/|$)|[.]test[.]|[.]map$|tsbuildinfo|gone|[.]snap$/;
    expect(packed.files.filter((file) => wrong.test(file))).toEqual([]);
    expect(packed.files.filter((file) => /^(?!examples[/]).*(?<![.]d)[.]tsx?$/.test(file))).toEqual([]);
    expect(packed.files.filter((file) => file.endsWith('-page.js') || file.includes('generate-'))).toEqual([]);
  });

  it('has every module with its types', () => {
    const modules = packed.files.filter((file) => /^dist\/lib\/(?!src\/cli\/).*[.]js$/.test(file));
    expect(modules.length).toBeGreaterThan(150);
    const types = modules.map((file) => file.replace(/[.]js$/, '.d.ts'));
    expect(types.filter((file) => !packed.files.includes(file))).toEqual([]);
  });

  it('has the command as a bundle, with the licences of what is in it, and a bill of materials', () => {
    const files = packed.files.filter((file) => file.startsWith('dist/lib/src/cli/'));
    expect(files.map((file) => basename(file))).toEqual(['LICENSES.txt', 'libraries.js', 'main.js', 'sbom.cdx.json']);
  });

  it('has what the node agent and the proxy run as texts in a module, not as files', () => {
    const compiled = jest.requireActual(join(scratch, 'package/dist/lib/src/mirror/node-agent/scripts.js'));
    expect(JSON.stringify(compiled.scripts())).toBe(JSON.stringify(scripts()));
    const { lua: programs } = jest.requireActual(join(scratch, 'package/dist/lib/src/mirror/envoy/lua.js'));
    expect(programs()).toEqual(lua());
    expect(packed.files.filter((file) => /[.](sh|awk|lua)$/.test(file))).toEqual([]);
  });

  it('has all that package.json leads to', () => {
    const targets = [
      manifest.main,
      manifest.types,
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? target : Object.values(target ?? {}),
      ),
    ].map((file: string) => file.replace(/^[.]\//, ''));
    expect(targets.length).toBe(9);
    expect(targets.filter((file) => !packed.files.includes(file))).toEqual([]);
    expect(text('dist/lib/src/cli/main.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('names nothing of the machine that it was made on', () => {
    expect(packed.files.filter((file) => text(file).includes(scratch) || text(file).includes(ROOT))).toEqual([]);
  });

  it('is smaller than 1.2 MB', () => {
    expect(packed.size).toBeGreaterThan(50_000);
    expect(packed.size).toBeLessThan(1_200_000);
    console.log(`${packed.files.length} files, ${packed.size} bytes packed`);
  });
});

describe('what npm installs with it', () => {
  it('is pinned, but for what an app shares with it', () => {
    expect(Object.values(manifest.dependencies).filter((range) => !/^\d+[.]\d+[.]\d+$/.test(`${range}`))).toEqual([]);
    expect(Object.keys(manifest.peerDependencies)).toEqual([
      '@pulumi/kubernetes',
      '@pulumi/pulumi',
      'cdk8s',
      'cdk8s-plus-28',
      'constructs',
    ]);
    for (const name of Object.keys(manifest.peerDependencies)) {
      expect(manifest.devDependencies[name]).toMatch(/^\d+[.]\d+[.]\d+$/);
      expect(manifest.dependencies[name]).toBeUndefined();
    }
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(['@pulumi/kubernetes', '@pulumi/pulumi']);
  });

  it('is all that its modules ask for', () => {
    const known = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
    const asked = packed.files
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...text(file).matchAll(/require\(["']([^."'][^"']*)["']\)/g)].map(([, name = '']) => name))
      .filter((name) => !isBuiltin(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect([...new Set(asked)].filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !asked.includes(name))).toEqual([]);
  });
});
