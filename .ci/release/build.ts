/**
 * Builds the files of a release from the commit of a clone: npm run release:build -- FOLDER. They are the tarball for npm, its bill of
 * materials, and SHA256SUMS of both; beside the folder, FOLDER.md has the notes. The same commit makes the same files with the same
 * Node and npm, whatever the folder, user mask, time zone and language: they come from what git has, and their time is the commit's.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { section } from './changelog';

const ROOT = resolve(__dirname, '../..');
const SBOM = 'dist/lib/src/cli/sbom.cdx.json';

function run(program: string, args: string[], folder: string, environment: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...environment };
  return execFileSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}

/** Puts the files of a clone's commit into a folder, with modes that depend on nothing but git. */
function checkOut(folder: string): void {
  const archive = join(folder, '..', 'commit.tar');
  run('git', ['-c', 'tar.umask=0022', 'archive', '--output', archive, 'HEAD'], ROOT);
  run('tar', ['-xpf', archive, '-C', folder], ROOT);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

function build(target: string): void {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const scratch = mkdtempSync(join(tmpdir(), `${name}-release-`));
  try {
    process.umask(0o022);
    const clone = join(scratch, 'clone');
    mkdirSync(clone);
    checkOut(clone);
    mkdirSync(target);
    const time = { SOURCE_DATE_EPOCH: run('git', ['log', '-1', '--format=%ct'], ROOT), TZ: 'UTC', LC_ALL: 'C' };
    run('npm', ['pack', '--pack-destination', target], clone, time);
    copyFileSync(join(clone, SBOM), join(target, `${name}-${version}.cdx.json`));
    const notes = section(readFileSync(join(clone, 'CHANGELOG.md'), 'utf8'), version)?.text ?? '';
    writeFileSync(`${target}.md`, `${notes}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const sums = readdirSync(target)
    .sort()
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(join(target, file)))
          .digest('hex')}  ${file}\n`,
    );
  writeFileSync(join(target, 'SHA256SUMS'), sums.join(''));
  process.stdout.write(sums.join(''));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('npm run release:build -- FOLDER');
  process.exitCode = 2;
} else {
  build(resolve(folder));
}
