import { join } from 'node:path';
import type { ClusterProps } from '../../stack/cluster-props';
import type { MadeCluster } from '../../stack/synth';
import { ledgerNames } from '../../tokens/ledger/files';
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

/** A cluster, and the files that were written for it. */
export interface WrittenCluster extends Pick<MadeCluster, 'name' | 'objects' | 'warnings'> {
  readonly manifests: string[];
  readonly ledger: string[];
}

/** The folders for manifests and ledgers. */
export class Output {
  private readonly manifestFolder: OutputFolder;
  private readonly ledgerFolder: OutputFolder;
  private readonly concerned: (file: string) => boolean;

  /**
   * @param clusters the clusters to write
   * @param options the folder and the choice of clusters
   * @throws CliError when a file is in the way
   */
  public constructor(clusters: readonly ClusterProps[], { output, cluster: picked = [] }: OutputOptions) {
    const names = clusters.map(({ name }) => name);
    if (output === '') throw new CliError('configuration', '--output: got ""; expected a folder');
    if (output !== undefined && names.includes('ledger')) {
      const message = `--output: ${join(output, 'ledger')} is the folder of the ledgers, and of the cluster "ledger": give that another name`;
      throw new CliError('configuration', message);
    }
    this.manifestFolder = new OutputFolder(output ?? join('dist', 'manifests'));
    this.ledgerFolder = new OutputFolder(join(output ?? 'dist', 'ledger'));
    this.concerned = (file) => picked.length === 0 || picked.includes(clusterOf(file));
    this.manifestFolder.check(names, []);
    const withTokens = clusters.filter(({ tokens }) => tokens);
    this.ledgerFolder.check(
      [],
      withTokens.flatMap(({ name }) => ledgerNames(name)),
    );
  }

  /** The folder with a folder for each cluster. */
  public get manifests(): string {
    return this.manifestFolder.path;
  }

  /** The folder of the ledgers. */
  public get ledgers(): string {
    return this.ledgerFolder.path;
  }

  /**
   * Begins to write clusters: once, and before any is written.
   *
   * @param clusters the clusters
   * @throws CliError when it fails
   */
  public begin(clusters: readonly ClusterProps[]): void {
    this.manifestFolder.begin();
    if (clusters.some(({ tokens }) => tokens)) this.ledgerFolder.begin();
  }

  /**
   * Writes the manifests and the ledger of a cluster.
   *
   * @throws CliError when it fails
   */
  public write({ name, manifests, ledger }: MadeCluster): void {
    const within = Object.entries(manifests).map(([file, text]) => [join(name, file), text]);
    this.manifestFolder.write(Object.fromEntries(within));
    this.ledgerFolder.write(ledger);
  }

  /**
   * Removes files of an earlier run that are no longer made.
   *
   * @param written the clusters that were written
   * @returns the removed files
   * @throws CliError when it fails
   */
  public end(written: readonly WrittenCluster[]): string[] {
    const manifests = written.flatMap(({ name, manifests }) => manifests.map((file) => join(name, file)));
    const ledgers = written.flatMap(({ ledger }) => ledger);
    return [...this.manifestFolder.end(manifests, this.concerned), ...this.ledgerFolder.end(ledgers, this.concerned)];
  }
}

/** The cluster of `one/secured-mirror.k8s.yaml`, `one.md` or `one.json`. */
function clusterOf(file: string): string {
  return /^[^/.]*/.exec(file)?.[0] ?? '';
}
