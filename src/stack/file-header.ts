import { basename, isAbsolute, normalize, relative } from 'node:path';
import { VERSION } from '../kubernetes/version';

/** Text that is safe in a comment, and says where it ends. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** What ends a line for some readers, or moves the cursor, and JSON leaves as it is. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029]/g;

/**
 * The comment at the head of each file. It holds no date, no user and no path of a machine: the same settings give the same file.
 *
 * @param cluster the cluster's name
 * @param file the stack file, as the user named it
 */
export function fileHeader(cluster: string, file: string): string {
  const source = sourceName(file);
  return [
    `# Made by secure-mirror ${VERSION} from ${source} for the cluster ${cluster}.`,
    `# Do not edit: change ${source}; the next synth writes this file again.`,
    '',
  ].join('\n');
}

/** The file from the current folder; its name alone where a full path leads elsewhere. */
function sourceName(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : normalize(file);
  const name = isAbsolute(file) && path.startsWith('..') ? basename(file) : path;
  const slashed = name.replaceAll('\\', '/');
  return PLAIN.test(slashed) ? slashed : quoted(slashed);
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
