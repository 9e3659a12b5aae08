import { join } from 'node:path';
import type { Files, MadeCluster } from '../../stack/synth';
import { CliError } from '../shared/cli-error';
import { OutputFolder } from './folder';

/** The options for writing. */
export interface OutputOptions {
  /**
   * The user's folder.
   *
   * @default - dist/manifests for manifests, dist/ledger for ledgers
   */
  readonly output?: string;
  /**
   * The user's choice of clusters; others stay as they are.
   *
   * @default - all
   */
  readonly cluster?: string[];
}

/** The written folders. */
export interface Output {
  /** The folder with a folder for each cluster. */
  readonly manifests: string;
  /** The folder of the ledgers. */
  readonly ledgers: string;
  /** Removed files of an earlier run. */
  readonly removed: string[];
}

/**
 * Writes the manifests and ledgers of clusters.
 *
 * @param made the clusters
 * @param options the folder and the choice of clusters
 * @throws CliError when a file is in the way, before writing anything; or when writing fails
 */
export function writeOutput(made: MadeCluster[], { output, cluster: picked = [] }: OutputOptions): Output {
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
