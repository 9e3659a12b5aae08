import { readFileSync } from 'node:fs';
import { StackFileError } from './errors';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/**
 * Reads a text file.
 *
 * @param path the file
 * @throws StackFileError when it cannot be read
 */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw unreadable(path, `cannot be read: ${REASONS[code] ?? code}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, 'is no text in UTF-8');
  }
}

function unreadable(file: string, reason: string): StackFileError {
  const message = `${reason}; name the file to read with --file, or for npm run synth of a clone with STACK=path`;
  return new StackFileError([{ file, key: '', message }]);
}
