import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './library-copy';
import { run } from './run';

/** What of a clone the package is made of. */
const SOURCES = [
  'src',
  'imports',
  'docs',
  'examples',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'stack.yaml',
];
const PAGES = ['README.md', 'LICENSE', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** The package as npm takes it. */
export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** Its size in bytes. */
  readonly size: number;
  /** What is in it, sorted; folders are not. */
  readonly files: string[];
}

/** Copies what of this clone the package is made of into a folder, as after `npm ci`. Gives the copy. */
export function copyToPack(folder: string): string {
  const copy = join(folder, 'clone');
  mkdirSync(copy);
  for (const name of [...SOURCES, ...PAGES]) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The command that makes the package of a copy, in a folder. */
export function packCommand(folder: string): string[] {
  return ['npm', 'pack', '--pack-destination', folder];
}

/**
 * Makes the package of a copy of this clone, as `npm pack` does after `npm ci`.
 *
 * @param folder where the copy is made, empty
 * @param change changes the copy before it is packed
 */
export function pack(folder: string, change: (copy: string) => void = () => {}): Packed {
  const copy = copyToPack(folder);
  change(copy);
  run(packCommand(folder), copy);
  const [name = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const file = join(folder, name);
  const files = run(['tar', '-tzf', file], folder)
    .split('\n')
    .map((line) => line.replace(/^package\//, ''))
    .filter((line) => line !== '' && !line.endsWith('/'))
    .sort();
  return { file, size: statSync(file).size, files };
}
