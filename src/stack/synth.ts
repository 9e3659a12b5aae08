import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { refuse } from '../settings/refuse';
import { ledgerFiles } from '../tokens/ledger/files';
import type { ClusterProps } from './cluster-props';
import { fileHeader } from './file-header';
import { ACCOUNTS_FILE, type Files, type Format, MIRROR_FILE } from './files';
import { chartFiles, templates } from './helm-chart';
import { KUSTOMIZATION, kustomizationText } from './kustomization';
import { resolveStack } from './resolve';
import { makeParts } from './stack-parts';
import { warningsOf } from './warnings';
import { yamlText } from './yaml-text';

/** One cluster's manifests, in memory. */
export interface MadeCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** How many objects its manifests hold. */
  readonly objects: number;
  /** Its manifests, and a Kustomization that lists them; or the files of its chart. */
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
 * @param format what to make of its objects
 */
export function* makeClusters(
  clusters: readonly ClusterProps[],
  day: string,
  file: string,
  format: Format = 'manifests',
): Generator<MadeCluster> {
  for (const cluster of clusters) yield makeCluster(cluster, day, file, format);
}

/** One cluster is one cdk8s App: an App of many charts costs quadratic time (measured). */
function makeCluster(cluster: ClusterProps, day: string, file: string, format: Format): MadeCluster {
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
  const objects = files.flatMap(({ objects }) => objects);
  const manifests = Object.fromEntries(files.map(({ name, objects }) => [name, header + yamlText(objects)]));
  const written: { readonly [format in Format]: () => Files } = {
    manifests: () => ({ ...manifests, [KUSTOMIZATION]: header + kustomizationText(Object.keys(manifests)) }),
    helm: () => chartFiles({ cluster: cluster.name, stack, objects, manifests, header }),
    templates: () => templates(manifests),
  };
  return {
    name: cluster.name,
    objects: objects.length,
    manifests: written[format](),
    ledger: cluster.tokens ? ledgerFiles(stack.tokens) : {},
    warnings: warningsOf(stack, day),
  };
}
