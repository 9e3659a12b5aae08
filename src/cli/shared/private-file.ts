import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { quoted } from '../../kubernetes/quoted';
import { CliError } from './cli-error';

const LIMIT_BYTES = 1024 * 1024;

/**
 * Reads a file with secrets; nothing when it does not exist.
 *
 * @param path the file
 * @throws CliError when others may read it, or it is no file of a sensible size
 */
export function readPrivate(path: string): string | undefined {
  const handle = open(path);
  if (handle === undefined) return undefined;
  try {
    const { mode, size } = statOf(path, handle);
    if ((mode & 0o077) !== 0) {
      const got = (mode & 0o777).toString(8).padStart(3, '0');
      throw new CliError('configuration', `${path}: others may read it (mode ${got}): chmod 600 ${quoted(path)}`);
    }
    if (size > LIMIT_BYTES) throw new CliError('configuration', `${path}: it has more than 1 MiB: it holds no tokens`);
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function open(path: string): number | undefined {
  try {
    // A pipe would wait for somebody to write.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new CliError('configuration', `${path}: it cannot be read (${code})`);
  }
}

function statOf(path: string, handle: number) {
  const stat = fstatSync(handle);
  if (!stat.isFile()) throw new CliError('configuration', `${path}: expected a file`);
  return stat;
}
