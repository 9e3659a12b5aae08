import { CliError } from '../shared/cli-error';
import { writeNew } from '../shared/whole-file';

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'you may not write there',
  EEXIST: 'it exists, and is not overwritten: remove it',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist: make it',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is where its folder should be',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
};

/**
 * Writes a file that does not exist yet.
 *
 * @throws CliError when it exists, or cannot be written
 */
export function writeNewFile(file: string, text: string): void {
  try {
    writeNew(file, text, 0o666);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CliError('output', `${file}: ${REASONS[code] ?? code}; or name another file with --file`);
  }
}
