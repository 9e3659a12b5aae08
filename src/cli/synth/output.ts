import { join } from 'node:path';
import type { ClusterProps } from '../../stack/cluster-props';
import { type Format, filesOf } from '../../stack/files';
import { KUSTOMIZATION } from '../../stack/kustomization';
import type { MadeCluster } from '../../stack/synth';
import { ledgerNames } from '../../tokens/ledger/files';
import { CliError } from '../shared/cli-error';
import { OutputFolder } from './folder';
import { fromLedger, ledgerPath } from './ledger-path';

/** The options for writing. */
export interface OutputOptions {
  /**
   * The user's folder for manifests.
   *
   * @default - dist/manifests
   */
  readonly output?: string;
  /**
   * The user's folder for ledgers; false for none.
   *
   * @default - the folder ledger beside the one for manifests; none for the format templates
   */
  readonly ledger?: string | false;
  /**
   * The user's choice of clusters; others stay as they are.
   *
   * @default - all
   */
  readonly cluster?: string[];
  /** What it writes. */
  readonly format: Format;
}

/** A cluster, and the files that were written for it. */
export interface WrittenCluster extends Pick<MadeCluster, 'name' | 'objects' | 'warnings'> {
  readonly manifests: string[];
  readonly ledger: string[];
}

/** The folders for manifests and ledgers. */
export class Output {
  private readonly manifestFolder: OutputFolder;
  private readonly ledgerFolder?: OutputFolder;
  private readonly concerned: (file: string) => boolean;

  /**
   * @param clusters the clusters to write
   * @param options the folders and the choice of clusters
   * @throws CliError when a file is in the way
   */
  public constructor(
    clusters: readonly ClusterProps[],
    private readonly options: OutputOptions,
  ) {
    const { output = join('dist', 'manifests'), cluster: picked = [], format } = options;
    if (output === '') throw new CliError('configuration', '--output: got ""; expected a folder');
    const names = clusters.map(({ name }) => name);
    this.manifestFolder = new OutputFolder(output, '--output');
    this.concerned = (file) => picked.length === 0 || picked.includes(clusterOf(file));
    this.manifestFolder.check(
      names,
      names.flatMap((name) => filesOf(format).map((file) => join(name, file))),
    );
    // Templates are for a chart of the user's: beside them is the chart.
    const { ledger = format === 'templates' ? false : undefined } = options;
    if (ledger === false) return;
    const path = ledgerPath(output, ledger);
    this.ledgerFolder = new OutputFolder(path, '--ledger', fromLedger(path, output));
    const withTokens = clusters.filter(({ tokens }) => tokens);
    this.ledgerFolder.check(
      [],
      withTokens.flatMap(({ name }) => ledgerNames(name)),
    );
  }

  /** What it writes. */
  public get format(): Format {
    return this.options.format;
  }

  /** The folder with a folder for each cluster. */
  public get manifests(): string {
    return this.manifestFolder.path;
  }

  /** The folder of the ledgers; undefined when none are written. */
  public get ledgers(): string | undefined {
    return this.ledgerFolder?.path;
  }

  /**
   * Begins to write clusters: once, and before any is written.
   *
   * @param clusters the clusters
   * @throws CliError when it fails
   */
  public begin(clusters: readonly ClusterProps[]): void {
    this.manifestFolder.begin();
    if (clusters.some(({ tokens }) => tokens)) this.ledgerFolder?.begin();
  }

  /**
   * Writes the manifests and the ledger of a cluster, and no Kustomization where the user has one.
   *
   * @returns the cluster, with the files that were written
   * @throws CliError when it fails
   */
  public write({ name, objects, warnings, manifests, ledger }: MadeCluster): WrittenCluster {
    const own = this.manifestFolder.hasKustomization(name);
    const files = Object.keys(manifests).filter((file) => file !== KUSTOMIZATION || !own);
    this.manifestFolder.write(Object.fromEntries(files.map((file) => [join(name, file), manifests[file] ?? ''])));
    this.ledgerFolder?.write(ledger);
    return { name, objects, warnings, manifests: files, ledger: this.ledgerFolder ? Object.keys(ledger) : [] };
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
    return [
      ...this.manifestFolder.end(manifests, this.concerned),
      ...(this.ledgerFolder?.end(ledgers, this.concerned) ?? []),
    ];
  }
}

/** The cluster of `one/mirror.k8s.yaml`, `one.md` or `one.json`. */
function clusterOf(file: string): string {
  return /^[^/.]*/.exec(file)?.[0] ?? '';
}
