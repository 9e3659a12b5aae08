import { readFileSync } from 'node:fs';
import { SettingsError } from './errors';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/**
 * Reads a text file.
 *
 * @param path the file
 * @param elsewhere how to name another file, in the user's words
 * @throws SettingsError when it cannot be read
 */
export function readText(path: string, elsewhere: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw unreadable(path, `cannot be read: ${REASONS[code] ?? code}; ${elsewhere}`);
  }
  const other = otherEncoding(bytes);
  if (other !== undefined) throw unreadable(path, `it is text in ${other}: save it as UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, 'is no text in UTF-8');
  }
}

/** The encoding of a text that is not UTF-8, by its mark of byte order, or by the zeros that every other byte of plain letters is. */
function otherEncoding([first, second, third, fourth]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16 (little-endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
  if (first === 0 && second === 0) return 'UTF-32';
  if (first === 0) return 'UTF-16 (big-endian)';
  return second === 0 ? 'UTF-16 (little-endian)' : undefined;
}

function unreadable(file: string, reason: string): SettingsError {
  return new SettingsError([{ file, key: '', message: reason }]);
}
