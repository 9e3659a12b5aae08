import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../shared/cli-error';

/** For their owner alone. */
const MODE = 0o600;

/**
 * Reads a configuration; an empty text when no such file exists.
 *
 * @throws CliError when it cannot be read; no message repeats its content
 */
export function readConfig(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new CliError('configuration', `${file}: it cannot be read (${codeOf(error)}); nothing was changed`);
  }
}

/**
 * Replaces a file's text at once, readable by its owner alone. A link stays a link.
 *
 * @throws CliError when it cannot be written; then nothing has changed
 */
export function replaceConfig(file: string, text: string): void {
  let draft: string | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const place = targetOf(file);
    draft = `${place}.${randomBytes(6).toString('hex')}`;
    write(draft, text);
    renameSync(draft, place);
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true });
    throw new CliError('configuration', `${file}: it cannot be written (${codeOf(error)}); nothing was changed`);
  }
}

/**
 * Writes a new file, readable by its owner alone.
 *
 * @throws CliError when it exists, or cannot be written
 */
export function createFile(file: string, text: string): void {
  try {
    write(file, text);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST'
        ? 'it exists, and is not overwritten: name another file, or remove it'
        : `it cannot be written (${codeOf(error)})`;
    throw new CliError('configuration', `--output: ${file}: ${why}`);
  }
}

/** Only a new file: an existing one would keep its mode, with which others may read it. */
function write(file: string, text: string): void {
  const handle = openSync(file, 'wx', MODE);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
