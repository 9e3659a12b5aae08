import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../shared/cli-error';
import { writeReason } from '../shared/output';
import { writeNew, writeWhole } from '../shared/whole-file';

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
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeWhole(file, text, MODE);
  } catch (error) {
    throw new CliError('output', `${file}: it cannot be written (${writeReason(error)}); nothing was changed`);
  }
}

/**
 * Writes a new file, readable by its owner alone.
 *
 * @throws CliError when it exists, or cannot be written
 */
export function createFile(file: string, text: string): void {
  try {
    writeNew(file, text, MODE);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST'
        ? 'it exists, and is not overwritten: name another file, or remove it'
        : `it cannot be written (${writeReason(error)})`;
    throw new CliError('output', `--output: ${file}: ${why}`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
