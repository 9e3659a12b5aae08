import { writeFileSync } from 'node:fs';
import { CliError } from './cli-error';

/**
 * Writes a report into the file of the option --junit.
 *
 * @param file the file
 * @param text the report
 * @throws CliError where it cannot be written
 */
export function writeJunitFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CliError('configuration', `--junit: ${file} cannot be written (${code})`);
  }
}
