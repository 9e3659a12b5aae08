import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { effective } from '../../src/cli/check/node/effective';
import { atLeast, type Runtime, runtimeOf } from '../../src/cli/check/node/runtime';
import { parseToml, tableAt } from '../../src/cli/check/node/toml-table';
import { ProbedRoot } from '../agent/probed-root';

/** A real containerd, of any version since 1.7: `containerd config dump` says what it makes of its files. */
const { CONTAINERD = '' } = process.env;

const OLD = 'io.containerd.grpc.v1.cri';
const IMAGES = 'io.containerd.cri.v1.images';

let runtime: Runtime;
beforeAll(() => {
  if (CONTAINERD === '') throw new Error('set CONTAINERD to the path of a containerd');
  const [, version = ''] = /v?(\d+\.\d+\.\d+\S*)\s/.exec(`${execFileSync(CONTAINERD, ['--version'])} `) ?? [];
  runtime = runtimeOf(`containerd://${version}`);
});

let node: ProbedRoot;
beforeEach(() => {
  node = new ProbedRoot();
  // The root of the node holds itself under its own name, so that absolute paths mean the same to containerd and to the probe.
  node.write(join(node.root, '..', '.keep'), '');
  symlinkSync('/', join(node.root, node.root));
});
afterEach(() => node.remove());

/** What containerd makes of the files; undefined where it refuses them. */
function dumped(): { configPath: unknown; discards: unknown; local: unknown } | undefined {
  let text: string;
  try {
    text = execFileSync(CONTAINERD, ['-c', join(node.root, 'etc/main.toml'), 'config', 'dump'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
  const plugin = tableAt(parseToml(text), 'plugins', atLeast(runtime, 2, 0) ? IMAGES : OLD);
  return {
    configPath: tableAt(plugin, 'registry').config_path,
    discards: (atLeast(runtime, 2, 0) ? plugin : tableAt(plugin, 'containerd')).discard_unpacked_layers,
    local: plugin.use_local_image_pull ?? false,
  };
}

/** The same by our own reading. */
function read(): ReturnType<typeof dumped> {
  const facts = node.probe({ PROBE_CONFIG: '/etc/main.toml' });
  expect(facts.unreadable).toEqual([]);
  const config = effective(facts, runtime);
  return {
    configPath: config.configPathFile === undefined ? '' : config.configPath,
    discards: config.discardingFile !== undefined,
    local: config.localPull === 'use_local_image_pull = true',
  };
}

const registry = fc.constantFrom('/a', '/b', '/c:/d', '').map((path) => `config_path = '${path}'`);
const discard = fc.constantFrom('discard_unpacked_layers = true', 'discard_unpacked_layers = false');
const local = fc.constantFrom('use_local_image_pull = true', 'use_local_image_pull = false');
const maybe = (text: fc.Arbitrary<string>) => fc.oneof(text, fc.constant(''));
const section = (name: string) =>
  fc
    .tuple(
      maybe(registry.map((line) => `[plugins.'${name}'.registry]\n${line}\n`)),
      maybe(discard.map((line) => `[plugins.'${name}'.containerd]\n${line}\n`)),
      fc.constantFrom('', `[plugins.'${name}'.containerd.runtimes.runc]\nruntime_type = 'io.containerd.runc.v2'\n`),
    )
    .map((tables) => tables.join(''));
const images = fc
  .tuple(maybe(discard), maybe(local), maybe(registry))
  .map(([one, two, path]) => `[plugins.'${IMAGES}']\n${one}\n${two}\n[plugins.'${IMAGES}'.registry]\n${path}\n`);
const file = fc
  .tuple(
    fc.constantFrom('', 'version = 1\n', 'version = 2\n', 'version = 2\n', 'version = 3\n', 'version = 4\n'),
    // Never both: containerd renames them in no order.
    maybe(fc.constantFrom('cri', OLD).chain(section)),
    maybe(images),
  )
  .map(([version, ...tables]) => ({ version, tables: tables.join('') }));
const files = fc.array(file, { minLength: 1, maxLength: 3 });

it('reads configurations as containerd does', () => {
  let understood = 0;
  fc.assert(
    fc.property(files, (all) => {
      const imports = "imports = ['conf.d/*.toml']\n";
      for (const index of [1, 2]) node.write(`/etc/conf.d/${index}.toml`, '');
      for (const [index, { version, tables }] of all.entries()) {
        const path = index === 0 ? '/etc/main.toml' : `/etc/conf.d/${index}.toml`;
        node.write(path, `${version}${index === 0 ? imports : ''}${tables}`);
      }
      const truth = dumped();
      fc.pre(truth !== undefined);
      understood++;
      expect({ all, read: read() }).toEqual({ all, read: truth });
    }),
    { numRuns: 40 },
  );
  expect(understood).toBeGreaterThan(0);
});

it('follows imports of every kind', () => {
  const path = (value: string) =>
    atLeast(runtime, 2, 0)
      ? `version = 3\n[plugins.'${IMAGES}'.registry]\nconfig_path = '${value}'\n`
      : `version = 2\n[plugins.'${OLD}'.registry]\nconfig_path = '${value}'\n`;
  const version = path('').split('\n')[0];
  const loaded = (imports: string) => {
    node.write('/etc/main.toml', `${version}\nimports = ${imports}\n`);
    const truth = dumped();
    expect(read()).toEqual(truth);
    return truth?.configPath;
  };
  node.write('/etc/conf.d/a.toml', path('/a'));
  node.write('/etc/conf.d/.b.toml', path('/b'));
  node.write('/opt/c.toml', path('/c'));
  node.write('/etc/d.toml', `${version}\nimports = ['../opt/c.toml', 'main.toml']\n`);
  node.write('/etc/conf.d/z.conf', path('/z'));
  expect(loaded("['conf.d/*.toml']")).toBe('/a');
  expect(loaded('[\'conf.d/a.toml\', "../opt/./c.toml"]')).toBe('/c');
  expect(loaded(`['${node.root}/opt/../opt/c.toml', 'conf.d/.*.toml',]`)).toBe('/b');
  expect(loaded("['../opt/*.toml']")).toBe('/c');
  expect(loaded("['d.toml', 'conf.d/a.toml']")).toBe('/c');
  expect(loaded("['conf.d/[a-y]*.*']")).toBe('/a');
  expect(loaded('[]')).toBe('');
});
