import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** Layers from the ground up. A module imports from the layers below its own; modules of one layer do not know each other. */
const LAYERS: readonly (readonly string[])[] = [
  ['imports', 'src/settings'],
  ['src/kubernetes', 'src/schemas'],
  ['src/mirror', 'src/tokens'],
  ['src/references', 'src/guards', 'src/monitoring'],
  ['src/stack'],
  ['src/cli', 'src/pulumi', 'src/documents', 'src/index', 'src/main'],
];

/** The same inside of `src/mirror`, where a module is a folder or a file beside the folders. */
const MIRROR_LAYERS: readonly (readonly string[])[] = [
  ['props', 'contract'],
  ['platforms', 'dns-presets', 'images'],
  ['resolved-authentication', 'resolved-network', 'resolved-pod'],
  ['resolved', 'rules', 'platform-settings'],
  ['envoy', 'resolve-authentication', 'resolve-extra-rules', 'resolve-resources'],
  ['resolve-pod'],
  ['authentication', 'network', 'resolve'],
  ['auth-proxy', 'node-agent', 'node-readiness', 'pod'],
].map((layer) => layer.map((module) => `src/mirror/${module}`));

/** The top modules that start the others. */
const STARTERS = ['src/index -> src/stack', 'src/main -> src/cli'];

/** An import: two files, relative to the root, without their extension. */
interface Import {
  readonly from: string;
  readonly to: string;
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(join(ROOT, file)).isFile());
}

const files = [...filesIn('src'), ...filesIn('imports')];
const modules = files.filter((file) => file.endsWith('.ts'));

function importsOf(file: string): Import[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import\(|require\() ?'(\.[^']*)'/g)].map(
    ([, path = '']) => ({ from: file.replace(/\.ts$/, ''), to: relative(ROOT, resolve(ROOT, dirname(file), path)) }),
  );
}

/** The module of a file: its first two parts. */
function moduleOf(file: string): string {
  return file.startsWith('imports') ? 'imports' : file.split('/').slice(0, 2).join('/');
}

/** The module of a file in `src/mirror`: its first three parts. */
function mirrorModuleOf(file: string): string {
  return file.split('/').slice(0, 3).join('/');
}

/** Imports that lead to a module of the same layer or of one above. */
function upwards(imports: readonly Import[], layers = LAYERS, module = moduleOf): string[] {
  const layerOf = (name: string) => layers.findIndex((layer) => layer.includes(name));
  return imports
    .map(({ from, to }) => ({ from, to, modules: [module(from), module(to)] as const }))
    .filter(({ modules: [own, other] }) => own !== other && layerOf(other) >= layerOf(own))
    .filter(({ modules: [own, other] }) => !STARTERS.includes(`${own} -> ${other}`))
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** A circle of files that import each other, if there is one. */
function circle(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const other of next.get(file) ?? []) {
      const found = visit(other, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

const imports = modules.flatMap(importsOf);
const inMirror = imports.filter(({ from, to }) => [from, to].every((file) => file.startsWith('src/mirror/')));

describe('the layers', () => {
  it('have a place for every module', () => {
    const found = new Set(modules.map((file) => moduleOf(file.replace(/\.ts$/, ''))));
    expect([...found].sort()).toEqual(LAYERS.flat().sort());
  });

  it('have no import that points upwards or sideways', () => {
    expect(upwards(imports)).toEqual([]);
  });

  it.each(LAYERS.slice(1).flatMap((layer, index) => layer.map((upper) => [LAYERS[index]?.[0] ?? '', upper] as const)))(
    'refuse an import of %s from %s',
    (lower, upper) => {
      const planted = { from: `${lower}/planted`, to: upper };
      expect(upwards([...imports, planted])).toContain(`${planted.from} -> ${planted.to}`);
    },
  );

  it.each([
    ['src/mirror', 'src/tokens'],
    ['src/tokens', 'src/mirror'],
    ['src/pulumi', 'src/cli'],
    ['src/mirror', 'src/guards'],
    ['src/guards', 'src/stack'],
  ])('refuse an import from %s of %s', (one, other) => {
    expect(upwards([{ from: `${one}/planted`, to: `${other}/planted` }])).toHaveLength(1);
  });

  it('of the mirror have a place for every module of it, and no import that points upwards or sideways', () => {
    const own = modules.filter((file) => file.startsWith('src/mirror/'));
    const found = new Set(own.map((file) => mirrorModuleOf(file.replace(/\.ts$/, ''))));
    expect([...found].sort()).toEqual(MIRROR_LAYERS.flat().sort());
    expect(upwards(inMirror, MIRROR_LAYERS, mirrorModuleOf)).toEqual([]);
  });

  it.each([
    ['src/mirror/contract', 'src/mirror/envoy'],
    ['src/mirror/envoy', 'src/mirror/authentication'],
    ['src/mirror/authentication', 'src/mirror/auth-proxy'],
    ['src/mirror/auth-proxy', 'src/mirror/node-agent'],
  ])('of the mirror refuse an import from %s of %s', (lower, upper) => {
    const planted = { from: `${lower}/planted`, to: `${upper}/planted` };
    expect(upwards([...inMirror, planted], MIRROR_LAYERS, mirrorModuleOf)).toHaveLength(1);
  });

  it('have no circle of files', () => {
    expect(circle(imports)).toEqual([]);
  });

  it('would see a circle', () => {
    const planted = [
      { from: 'src/one', to: 'src/two' },
      { from: 'src/two', to: 'src/one' },
    ];
    expect(circle(planted)).toEqual(['src/one', 'src/two', 'src/one']);
  });

  it('are below the bench, which knows no tests and which no module knows', () => {
    const bench = filesIn('bench').filter((file) => file.endsWith('.ts'));
    const known = bench.flatMap(importsOf).map(({ to }) => to.split('/')[0] ?? '');
    expect(known).toEqual(expect.arrayContaining(['bench', 'src']));
    expect(known).not.toContain('test');
    expect(imports.filter(({ to }) => to.startsWith('bench'))).toEqual([]);
  });

  it('have no source file over 8 kB', () => {
    const large = [...files, ...filesIn('bench')].filter(
      (file) => /[.](ts|sh)$/.test(file) && statSync(join(ROOT, file)).size > 8000,
    );
    expect(large).toEqual([]);
  });
});
