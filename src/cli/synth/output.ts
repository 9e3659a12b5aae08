import { join } from 'node:path';
import type { Files, MadeCluster } from '../../stack/synth';
import { CliError } from '../shared/cli-error';
import { OutputFolder } from './folder';

/** Where it goes. */
export interface Place {
  /**
   * The folder that the user named.
   *
   * @default - dist/manifests for manifests, dist/ledger for ledgers
   */
  readonly output?: string;
  /**
   * The clusters that the user picked; others stay as they are.
   *
   * @default - all
   */
  readonly cluster?: string[];
}

/** What was written. */
export interface Output {
  /** The folder with a folder for each cluster. */
  readonly manifests: string;
  /** The folder of the ledgers. */
  readonly ledgers: string;
  /** Files of an earlier time that are gone. */
  readonly removed: string[];
}

/**
 * Writes what was made of clusters.
 *
 * @param made the clusters
 * @param place where it goes
 * @throws CliError when something is in the way, before anything is written; or when it cannot be written
 */
export function writeOutput(made: MadeCluster[], { output, cluster: picked = [] }: Place): Output {
  if (output === '') throw new CliError('configuration', '--output: got ""; expected a folder');
  if (output !== undefined && made.some(({ name }) => name === 'ledger')) {
    const message = `--output: ${join(output, 'ledger')} is the folder of the ledgers, and of the cluster "ledger": give that another name`;
    throw new CliError('configuration', message);
  }
  const manifests = new OutputFolder(output ?? join('dist', 'manifests'));
  const ledgers = new OutputFolder(join(output ?? 'dist', 'ledger'));
  const manifestFiles = merged(made.map(({ name, manifests }) => within(name, manifests)));
  const ledgerTexts = merged(made.map(({ ledger }) => ledger));
  manifests.check(Object.keys(manifestFiles));
  ledgers.check(Object.keys(ledgerTexts));
  const concerned = (file: string) => picked.length === 0 || picked.includes(clusterOf(file));
  return {
    manifests: manifests.path,
    ledgers: ledgers.path,
    removed: [...manifests.write(manifestFiles, concerned), ...ledgers.write(ledgerTexts, concerned)],
  };
}

function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [join(folder, file), text]));
}

function merged(all: Files[]): Files {
  return Object.fromEntries(all.flatMap((files) => Object.entries(files)));
}

/** The cluster of `one/secured-mirror.k8s.yaml`, `one.md` or `one.json`. */
function clusterOf(file: string): string {
  return /^[^/.]*/.exec(file)?.[0] ?? '';
}
