import { notice } from './messages';

/** Failures of a write, in the user's words. */
const REASONS: { readonly [code: string]: string } = {
  EACCES: 'you may not write there',
  EEXIST: 'a file is in the way',
  EFBIG: 'the file would exceed your limit',
  EISDIR: 'a folder is in the way',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
};

/** Why a file could not be written. */
export function writeReason(error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? code;
}

let printed = 0;

/** How many results were printed. */
export function resultsPrinted(): number {
  return printed;
}

/** Prints a text on stdout. */
export function printText(text: string): void {
  printed += 1;
  process.stdout.write(text);
}

/**
 * Watches both streams. A reader that has enough, such as `head`, ends no command before it has cleaned up, and is no failure; a result that
 * does not reach its file is one.
 *
 * @param failed called when a result is lost
 */
export function watchStreams(failed: () => void): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    notice(`stdout: the result cannot be written: ${writeReason(error)}`);
    failed();
  });
}
