import type { ClusterProps } from '../../stack/cluster-props';
import type { Format } from '../../stack/files';
import { Output, type OutputOptions, type WrittenCluster } from './output';

/** Clusters to write. */
export interface Share {
  /** The clusters. */
  readonly clusters: ClusterProps[];
  /** The stack file, as the user named it. */
  readonly file: string;
  /** The day on which dates are judged. */
  readonly day: string;
  /** What to make of the objects. */
  readonly format: Format;
  /**
   * Where to write them.
   *
   * @default - they are made, and not written
   */
  readonly output?: OutputOptions;
}

/** Makes each cluster, and writes it. The file has no mistake, and no file of others is in the way. */
export function* writeShare({ clusters, file, day, format, output }: Share): Generator<WrittenCluster> {
  // It takes cdk8s and Kubernetes' types along, which nothing else needs.
  const { makeClusters } = require('../../stack/synth') as typeof import('../../stack/synth');
  const folders = output && new Output(clusters, output);
  for (const made of makeClusters(clusters, day, file, format)) {
    const { name, objects, warnings } = made;
    yield folders?.write(made) ?? { name, objects, warnings, manifests: [], ledger: [] };
  }
}
