import { readFileSync } from 'node:fs';
import { readText } from '../../settings/text-file';
import type { ClusterProps } from '../../stack/cluster-props';
import { parseStackFile } from '../../stack/reader';
import { chosenClusters } from '../shared/chosen-clusters';
import { CliError } from '../shared/cli-error';
import { writeReason } from '../shared/output';
import { writeWhole } from '../shared/whole-file';

const MARK = '\ufeff';

/** Options that say which clusters. */
export interface StackOptions {
  readonly file: string;
  readonly cluster?: string[];
}

/** A stack file, read. */
export interface Stack {
  readonly text: string;
  /** All of the file. */
  readonly all: ClusterProps[];
  /** What the user chose. */
  readonly clusters: ClusterProps[];
}

/**
 * Reads a stack file with its text.
 *
 * @throws CliError or SettingsError naming what is wrong with the stack or the options
 */
export function readStack({ file, cluster }: StackOptions): Stack {
  const text = stackText(file);
  const all = clustersIn(text, file);
  return { text, all, clusters: chosenClusters(file, all, cluster) };
}

/** The text of a stack file. */
export function stackText(file: string): string {
  return readText(file, 'name the stack with --file, or in the variable STACK');
}

/** The clusters of a stack file's text. The end of a shared account stops synth alone. */
export function clustersIn(text: string, file: string): ClusterProps[] {
  return parseStackFile(text, file, '0001-01-01').clusters;
}

/**
 * Writes a stack file's new text, as a whole or not at all.
 *
 * @param file the file
 * @param before the text that it had
 * @param text the new one
 * @throws CliError when it has another text by now, or cannot be written
 */
export function writeStack(file: string, before: string, text: string): void {
  if (stackText(file) !== before) {
    throw new CliError(
      'output',
      `${file}: somebody else changed it meanwhile: run the command again; nothing was written`,
    );
  }
  try {
    writeWhole(file, `${hasMark(file) ? MARK : ''}${text}`);
  } catch (error) {
    throw new CliError('output', `${file}: it cannot be written (${writeReason(error)}); nothing was changed`);
  }
}

/** Whether a file begins with a mark of byte order, which no text has. */
function hasMark(file: string): boolean {
  return readFileSync(file).subarray(0, 3).equals(Buffer.from(MARK));
}
