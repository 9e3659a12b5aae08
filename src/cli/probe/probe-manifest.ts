import { k8s } from 'cdk8s-plus-28';
import { resources } from '../../../imports/pod-security';
import type { Manifest } from '../kubectl/kubectl-writer';
import type { ProbePod } from './probes';
import { runLabels } from './run-labels';

/** Label of the pods that run together. */
export const BATCH_LABEL = 'secure-mirror/batch';

/** Where a pod goes, and how long it may live. */
export interface Place {
  readonly run: string;
  readonly namespace: string;
  readonly imagePullSecrets: readonly string[];
  readonly batch: string;
  /** Seconds after which the kubelet ends it. */
  readonly seconds: number;
}

/**
 * The manifest of a short-lived pod. The scheduler puts it on its node as it does with a DaemonSet's pod, so that it meets the same limits.
 *
 * @param pod the pod
 * @param index its place in the batch
 * @param place where it goes
 */
export function probeManifest({ purpose, node, labels, spec }: ProbePod, index: number, place: Place): Manifest {
  const { run, namespace, imagePullSecrets, batch, seconds } = place;
  const small = (container: k8s.Container) => ({ resources: resources('10m', '32Mi', '128Mi'), ...container });
  return k8s.KubePod.manifest({
    metadata: {
      namespace,
      name: `${purpose}-${run}-${batch}-${index}`,
      labels: { ...labels, ...runLabels(run), [BATCH_LABEL]: batch },
    },
    spec: {
      ...spec,
      containers: spec.containers.map(small),
      initContainers: spec.initContainers?.map(small),
      ...(node === undefined ? {} : { affinity: onNode(node) }),
      restartPolicy: 'Never',
      activeDeadlineSeconds: seconds,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      imagePullSecrets: imagePullSecrets.map((name) => ({ name })),
    },
  });
}

function onNode(name: string): k8s.Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [name] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } };
}
