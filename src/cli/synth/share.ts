import type { ClusterProps } from '../../stack/cluster-props';
import { Output, type OutputOptions, type WrittenCluster } from './output';

/** Clusters to write. */
export interface Share {
  /** The clusters. */
  readonly clusters: ClusterProps[];
  /** The day on which dates are judged. */
  readonly day: string;
  /**
   * Where to write them.
   *
   * @default - they are made, and not written
   */
  readonly output?: OutputOptions;
}

/** Makes each cluster, and writes it. The file has no mistake, and no file of others is in the way. */
export function* writeShare({ clusters, day, output }: Share): Generator<WrittenCluster> {
  // It takes cdk8s and Kubernetes' types along, which nothing else needs.
  const { makeClusters } = require('../../stack/synth') as typeof import('../../stack/synth');
  const folders = output && new Output(clusters, output);
  for (const made of makeClusters(clusters, day)) {
    folders?.write(made);
    yield { ...made, manifests: Object.keys(made.manifests), ledger: Object.keys(made.ledger) };
  }
}
