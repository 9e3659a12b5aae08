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
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from '../../shared/cli-error';
import type { Tool } from './keys';

/** For their owner alone. */
const MODE = 0o600;

/** The file that a tool reads. */
export function defaultFile(tool: Tool, env: NodeJS.ProcessEnv = process.env): string {
  if (tool === 'docker') return join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json');
  const config = env.XDG_CONFIG_HOME || join(homedir(), '.config');
  return env.REGISTRY_AUTH_FILE || join(config, 'containers', 'auth.json');
}

/**
 * Reads a configuration; an empty text when it is not there.
 *
 * @throws CliError when it cannot be read; what it holds is never repeated
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
 * Puts another text in the place of a file at once, readable by its owner alone. A link stays one.
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
 * Writes a file that is not there yet, readable by its owner alone.
 *
 * @throws CliError when it is there, or cannot be written
 */
export function createFile(file: string, text: string): void {
  try {
    write(file, text);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST'
        ? 'it is there, and is not overwritten: name another file, or remove it'
        : `it cannot be written (${codeOf(error)})`;
    throw new CliError('configuration', `--output: ${file}: ${why}`);
  }
}

/** Only where nothing is yet: what others may read already would stay so. */
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
