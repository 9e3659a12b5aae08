import { CliError } from './cli-error';
import { writeReason } from './output';
import { writeWhole } from './whole-file';

/**
 * Writes a report into the file of the option --junit.
 *
 * @param file the file
 * @param text the report
 * @throws CliError where it cannot be written
 */
export function writeJunitFile(file: string, text: string): void {
  try {
    writeWhole(file, text);
  } catch (error) {
    throw new CliError('output', `--junit: ${file} cannot be written (${writeReason(error)})`);
  }
}
