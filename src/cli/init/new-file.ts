import { CliError } from '../shared/cli-error';
import { writeReason } from '../shared/output';
import { writeNew } from '../shared/whole-file';

/**
 * Writes a file that does not exist yet.
 *
 * @throws CliError when it exists, or cannot be written
 */
export function writeNewFile(file: string, text: string): void {
  try {
    writeNew(file, text, 0o666);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const reason = exists ? 'it exists, and is not overwritten: remove it' : writeReason(error);
    throw new CliError('output', `${file}: ${reason}; or name another file with --file`);
  }
}
