import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateScripts } from '../../src/mirror/node-agent/generate-scripts';
import { copyLibrary, installedHere, link, ROOT, versionHere } from './library-copy';
import { run } from './run';
import { installed } from './tools';

const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' };
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
/** What the library needs beside them: jsii wants it inside the package. */
const BUNDLED = ['fastest-levenshtein'];

/** The package as jsii wants it: a copy, as it refuses peers that are no modules of its own. */
function manifest() {
  const { name, version, description, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const versions = (names: string[], range = '') => Object.fromEntries(names.map((n) => [n, range + versionHere(n)]));
  return {
    ...{ name, version, description, license },
    author: { name: 'the authors of secure-mirror' },
    repository: { type: 'git', url: 'https://secure-mirror.invalid' },
    main: 'dist/lib/src/index.js',
    types: 'dist/lib/src/index.d.ts',
    files: ['dist', '.jsii'],
    jsii: {
      outdir: 'dist',
      targets: { python: { distName: name, module: name.replace('-', '_') } },
      tsc: { rootDir: '.', outDir: 'dist/lib' },
    },
    peerDependencies: versions(PEERS, '^'),
    devDependencies: versions(PEERS),
    dependencies: versions(BUNDLED),
    bundledDependencies: BUNDLED,
  };
}

/**
 * Compiles a copy of the library with jsii.
 *
 * @param folder where the copy is made, empty
 * @param change changes the copy before it is compiled
 * @returns what jsii says about it, a line for each finding
 * @throws Error with these lines when there are errors
 */
export function compileWithJsii(folder: string, change: (folder: string) => void = () => {}): string[] {
  copyLibrary(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), null, 2));
  cpSync(join(ROOT, 'README.md'), join(folder, 'README.md'));
  link(
    folder,
    Object.fromEntries([...PEERS, '@types/node', 'undici-types'].map((name) => [name, installedHere(name)])),
  );
  for (const name of BUNDLED) cpSync(installedHere(name), join(folder, 'node_modules', name), { recursive: true });
  change(folder);
  const tools = installed('jsii');
  const said = run(
    [process.execPath, join(tools, 'jsii/bin/jsii'), '--generate-tsconfig', 'tsconfig.jsii.json'],
    folder,
    QUIET,
  );
  generateScripts(join(folder, 'dist/lib/src'));
  return said.split('\n').filter((line) => /\b(warning|error) JSII/.test(line));
}

/**
 * Makes the Python wheel of a copy that jsii compiled.
 *
 * @param folder the copy
 * @param output where the wheel goes
 */
export function makeWheel(folder: string, output: string): void {
  const pacmak = join(installed('jsii'), 'jsii-pacmak/bin/jsii-pacmak');
  rmSync(join(folder, 'dist/python'), { recursive: true, force: true });
  run([process.execPath, pacmak, '--targets', 'python', '--outdir', output], folder, QUIET);
}
