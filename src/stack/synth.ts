import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { refuse } from '../settings/refuse';
import { ledgerFiles } from '../tokens/ledger/files';
import type { ClusterProps } from './cluster-props';
import { fileHeader } from './file-header';
import { ACCOUNTS_FILE, MIRROR_FILE } from './files';
import { KUSTOMIZATION, kustomizationText } from './kustomization';
import { resolveStack } from './resolve';
import { makeParts } from './stack-parts';
import { warningsOf } from './warnings';
import { yamlText } from './yaml-text';

/** Texts by the names of their files. */
export interface Files {
  readonly [file: string]: string;
}

/** One cluster's manifests, in memory. */
export interface MadeCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** How many objects its manifests hold. */
  readonly objects: number;
  /** Its manifests, and a Kustomization that lists them. */
  readonly manifests: Files;
  /** The ledger of its tokens; empty without tokens. */
  readonly ledger: Files;
  /** Deadlines, and lists that an apply replaces, in the user's words. */
  readonly warnings: string[];
}

/**
 * Makes the manifests of clusters, and the ledgers of their tokens, one cluster after the other: in memory are the manifests of no more
 * than one. It does not check the settings again, so it makes every cluster that the reader of stack.yaml returns.
 *
 * @param clusters the clusters, as the reader of stack.yaml returns them
 * @param day the day on which dates are judged
 * @param file the stack file, as the user named it
 */
export function* makeClusters(clusters: readonly ClusterProps[], day: string, file: string): Generator<MadeCluster> {
  for (const cluster of clusters) yield makeCluster(cluster, day, file);
}

/** One cluster is one cdk8s App: an App of many charts costs quadratic time (measured). */
function makeCluster(cluster: ClusterProps, day: string, file: string): MadeCluster {
  const stack = resolveStack(cluster);
  const app = new App();
  const mirror = new Chart(app, 'mirror');
  const { patchProblems } = makeParts(new Construct(mirror, 'stack'), stack);
  refuse(`cluster ${cluster.name}`, patchProblems);
  // The texts of `app.synth()`, which writes them to a folder only, and takes three times as long.
  const files = app.charts
    .map((chart) => ({ name: chart === mirror ? MIRROR_FILE : ACCOUNTS_FILE, objects: chart.toJson() }))
    .sort((one, other) => one.name.localeCompare(other.name));
  const header = fileHeader(cluster.name, file);
  return {
    name: cluster.name,
    objects: files.reduce((sum, { objects }) => sum + objects.length, 0),
    manifests: {
      ...Object.fromEntries(files.map(({ name, objects }) => [name, header + yamlText(objects)])),
      [KUSTOMIZATION]: header + kustomizationText(files.map(({ name }) => name)),
    },
    ledger: cluster.tokens ? ledgerFiles(stack.tokens) : {},
    warnings: warningsOf(stack, day),
  };
}
