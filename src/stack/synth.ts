import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Names } from 'cdk8s';
import { Construct } from 'constructs';
import { ledgerFiles } from '../tokens/ledger/files';
import type { ClusterProps } from './cluster-props';
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
  /** Its manifests. */
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
 */
export function* makeClusters(clusters: readonly ClusterProps[], day: string): Generator<MadeCluster> {
  for (const cluster of clusters) yield makeCluster(cluster, day);
}

/** One cluster is one cdk8s App: an App of many charts costs quadratic time (measured). */
function makeCluster(cluster: ClusterProps, day: string): MadeCluster {
  const stack = resolveStack(cluster);
  const app = new App();
  const chart = new Chart(app, 'secured-mirror');
  makeParts(new Construct(chart, 'stack'), stack);
  // The names and texts of `app.synth()`, which writes them to a folder only, and takes three times as long.
  const files = app.charts.map((chart) => ({ file: `${Names.toDnsLabel(chart)}.k8s.yaml`, objects: chart.toJson() }));
  return {
    name: cluster.name,
    objects: files.reduce((sum, { objects }) => sum + objects.length, 0),
    manifests: Object.fromEntries(files.map(({ file, objects }) => [file, yamlText(objects)] as const).sort()),
    ledger: cluster.tokens ? ledgerFiles(stack.tokens) : {},
    warnings: warningsOf(stack, day),
  };
}

/**
 * Writes files into a folder, and makes the folder if it does not exist.
 *
 * @param folder the folder
 * @param files the files
 */
export function writeFiles(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
