import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { lua } from '../mirror/envoy/lua';
import { scripts } from '../mirror/node-agent/scripts';
import { probeScript } from './check/node/scripts';
import { sbom } from './generate-sbom';

const ROOT = resolve(__dirname, '../..');

/** What only synth needs, in a file of its own: loading it takes longer than all else. Of cdk8s-plus it has the types of Kubernetes alone. */
const LIBRARIES: { readonly [name: string]: string } = {
  cdk8s: "require('cdk8s')",
  'cdk8s-plus-28': "{ k8s: require('cdk8s-plus-28/lib/imports/k8s') }",
  constructs: "require('constructs')",
};
const LIBRARIES_FILE = './libraries.js';
/** A thread of synth runs the file of the command. */
const THREAD_FILE = './main.js';

/** Modules that read files beside them, and what they export in the bundle. */
const TEXTS: { readonly [module: string]: () => string } = {
  'mirror/envoy/lua.ts': () => `export const lua = () => (${JSON.stringify(lua())});`,
  'mirror/node-agent/scripts.ts': () => `export const scripts = () => (${JSON.stringify(scripts())});`,
  'cli/check/node/scripts.ts': () => `export const probeScript = () => ${JSON.stringify(probeScript())};`,
};

/** The oldest Node that runs the command, such as 20.3.0. */
const OLDEST_NODE: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.slice(2);

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: `node${OLDEST_NODE}`,
  // Names of functions and classes stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  // Else the paths of a linked node_modules would be in the bundle.
  preserveSymlinks: true,
  absWorkingDir: ROOT,
} as const satisfies BuildOptions;

const librariesOutside: Plugin = {
  name: 'libraries',
  setup({ onResolve, onLoad }) {
    const names = new RegExp(`^(${Object.keys(LIBRARIES).join('|')})$`);
    onResolve({ filter: names }, ({ path }) => ({ path, namespace: 'libraries' }));
    onResolve({ filter: /^[.]\/libraries[.]js$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^[.]\/thread$/ }, () => ({ path: THREAD_FILE, external: true }));
    onLoad({ filter: /.*/, namespace: 'libraries' }, ({ path }) => ({
      contents: `module.exports = require('${LIBRARIES_FILE}')['${path}'];`,
    }));
  },
};

const textsInside: Plugin = {
  name: 'texts',
  setup({ onLoad }) {
    onLoad({ filter: /[/](scripts|lua)[.]ts$/ }, ({ path }) => {
      const text = Object.entries(TEXTS).find(([module]) => path === join(ROOT, 'src', module))?.[1];
      return text && { contents: text() };
    });
  },
};

/** The files of the command: the command itself, the libraries that it loads, the licences of all in them, and the package's bill of materials. */
export async function bundle(): Promise<{ readonly [file: string]: string }> {
  const all = Object.entries(LIBRARIES).map(([name, value]) => `'${name}': ${value}`);
  const plugins = [librariesOutside, textsInside];
  const main = await build({ ...OPTIONS, entryPoints: ['src/cli/main.ts'], plugins });
  const libraries = await build({
    ...OPTIONS,
    stdin: { contents: `module.exports = { ${all.join(', ')} };`, resolveDir: ROOT },
  });
  const packages = packagesIn([main.metafile, libraries.metafile]);
  return {
    'main.js': text(main),
    'libraries.js': text(libraries),
    'LICENSES.txt': licences(packages),
    'sbom.cdx.json': sbom(packages),
  };
}

function text({ outputFiles: [file] }: { outputFiles: { readonly text: string }[] }): string {
  return file?.text ?? '';
}

/** The folders of the packages in bundles. */
function packagesIn(metafiles: Metafile[]): string[] {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(files.flatMap((file) => /^.*node_modules[/](@[^/]+[/])?[^/]+/.exec(file)?.[0] ?? []))].sort();
}

/** The licences and notices of packages. */
function licences(folders: readonly string[]): string {
  const packages = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const notices = readdirSync(join(ROOT, folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    if (notices.length === 0) throw new Error(`${folder} has no licence to hand on`);
    const texts = notices.map((file) => readFileSync(join(ROOT, folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `The command secure-mirror contains these packages.\n\n${packages.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** Writes the command into the compiled package, in place of the folder of an earlier build. */
async function generate(): Promise<void> {
  const folder = join(ROOT, 'dist/lib/src/cli');
  const files = await bundle();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  chmodSync(join(folder, 'main.js'), 0o755);
}

if (require.main === module) generate();
