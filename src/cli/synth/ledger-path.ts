import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CliError } from '../shared/cli-error';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * The folder for ledgers: never in the folder of the manifests, as `kubectl apply -R` and the like apply all that is in there.
 *
 * @param output the folder of the manifests
 * @param path the user's choice
 * @throws CliError when it is in there
 */
export function ledgerPath(output: string, path = join(output, '..', 'ledger')): string {
  if (path === '') throw new CliError('configuration', '--ledger: got ""; expected a folder');
  const way = relative(realPath(output), realPath(path));
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (!isOutside) {
    const message = `--ledger: got ${JSON.stringify(path)}; expected a folder outside of ${output}, as all that is in there gets applied`;
    throw new CliError('configuration', message);
  }
  return path;
}

/**
 * The way from the folder for ledgers to the folder of the manifests, which stays the same on another machine.
 *
 * @param path the folder for ledgers
 * @param output the folder of the manifests
 */
export function fromLedger(path: string, output: string): string {
  return relative(realPath(path), realPath(output)).replaceAll(sep, '/');
}

/** A path without links, also of a folder that no one has made. */
function realPath(path: string, links = MOST_LINKS): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const target = links > 0 ? linkTarget(full) : undefined;
  if (target !== undefined) return realPath(resolve(dirname(full), target), links - 1);
  const parent = dirname(full);
  return parent === full ? full : join(realPath(parent, links), basename(full));
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
