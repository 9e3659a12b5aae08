import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Writes a file as a whole, or leaves it as it is. A link stays a link; a device or a pipe is written to.
 *
 * @param file the file
 * @param text its text
 * @param mode who may read it; without one, a file keeps its mode
 */
export function writeWhole(file: string, text: string, mode?: number): void {
  try {
    const place = targetOf(file);
    const found = statSync(place, { throwIfNoEntry: false });
    if (found !== undefined && isSpecial(found)) writeFileSync(place, text);
    else replace(place, text, mode ?? (found === undefined ? 0o666 : found.mode & 0o777));
  } catch (error) {
    // The error names the draft, or nothing.
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

function replace(place: string, text: string, mode: number): void {
  const draft = `${place}.${randomBytes(6).toString('hex')}`;
  writeNew(draft, text, mode);
  try {
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Writes a file that does not exist, as a whole or not at all.
 *
 * @param file the file
 * @param text its text
 * @param mode who may read it
 */
export function writeNew(file: string, text: string, mode: number): void {
  // Only a new file: an existing one would keep its mode, with which others may read it.
  const handle = openSync(file, 'wx', mode);
  try {
    writeFileSync(handle, text);
    // A credential that replaced another must not be lost with the machine's power; manifests can be made again.
    if ((mode & 0o077) === 0) fsyncSync(handle);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
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

function isSpecial(found: Stats): boolean {
  return !found.isFile() && !found.isDirectory();
}
