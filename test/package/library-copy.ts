import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { generateScripts } from '../../src/mirror/node-agent/generate-scripts';
import { run } from './run';
import { installed } from './tools';

/** The clone. */
export const ROOT = resolve(__dirname, '../..');

/** The files of the library: src/index.ts and what it imports, however far, but neither the command nor the app. */
export function libraryFiles(): string[] {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith('.ts')) return;
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']*)'/g)) {
      const imported = resolve(dirname(file), path);
      visit(existsSync(`${imported}.ts`) ? `${imported}.ts` : imported);
    }
  };
  visit(join(ROOT, 'src/index.ts'));
  return [...found].map((file) => relative(ROOT, file)).sort();
}

/**
 * Copies the library's sources.
 *
 * @param folder where to, empty
 */
export function copyLibrary(folder: string): void {
  for (const file of libraryFiles()) {
    cpSync(join(ROOT, file), join(folder, file));
  }
}

/**
 * Makes packages known to a folder by links.
 *
 * @param folder the folder that gets a node_modules
 * @param packages what they are called there, and the folders they are in
 */
export function link(folder: string, packages: { readonly [name: string]: string }): void {
  for (const [name, target] of Object.entries(packages)) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(target, place);
  }
}

/** The folder of a package that this clone has. */
export function installedHere(name: string): string {
  return join(ROOT, 'node_modules', name);
}

/** The version of a package that this clone has. */
export function versionHere(name: string): string {
  return JSON.parse(readFileSync(join(installedHere(name), 'package.json'), 'utf8')).version;
}

/**
 * Compiles a copy of the library against a line of cdk8s-plus under the name cdk8s-plus-28, and against copies of cdk8s and constructs
 * that are not this clone's.
 *
 * @param folder where the copy is made, empty
 * @param line the line, such as 33
 * @returns what the compiler says: nothing
 * @throws Error with all that it says when there are errors
 */
export function compileLibrary(folder: string, line: string): string {
  copyLibrary(folder);
  const others = installed('lines');
  link(folder, {
    cdk8s: join(others, 'cdk8s'),
    'cdk8s-plus-28': join(others, `cdk8s-plus-${line}`),
    constructs: join(others, 'constructs'),
    '@types/node': installedHere('@types/node'),
    'fastest-levenshtein': installedHere('fastest-levenshtein'),
  });
  cpSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.clone.json'));
  const options = { types: ['node'], rootDir: '.', outDir: 'dist/lib', paths: {} };
  const config = { extends: './tsconfig.clone.json', compilerOptions: options, include: ['src', 'imports'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const said = run([process.execPath, join(installedHere('typescript'), 'bin/tsc')], folder);
  generateScripts(join(folder, 'dist/lib/src'));
  return said;
}
