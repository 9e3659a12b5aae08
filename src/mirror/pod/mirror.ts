import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels, objectLabels, stackLabels } from '../../kubernetes/names';
import { CONFIG_HASH, DAEMON_SET } from '../contract/names';
import type { PodPart } from '../contract/pod-part';
import { ENVOY_UID } from '../contract/ports';
import type { TolerationProps } from '../props/toleration-props';
import type { ResolvedPod } from '../resolved-pod';
import { withPodSettings } from './container-settings';

/** What the mirror's pod is made of. */
export interface MirrorProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Parts of the pod: their containers start in this order. */
  readonly parts: PodPart[];
  /** What the user says of the pods. */
  readonly pod: ResolvedPod;
  /** Names of Secrets with which the images are pulled. */
  readonly imagePullSecrets: string[];
  /** Labels of the nodes that get a mirror. */
  readonly nodeSelector: { readonly [label: string]: string };
  /** Taints that it tolerates. */
  readonly tolerations: TolerationProps[];
}

/** The mirror: one pod on every node. A container that needs a token of the API server mounts it itself. */
export class Mirror extends Construct {
  /** The DaemonSet. */
  public readonly daemonSet: ApiObject;
  /** The ServiceAccount of its pods. */
  public readonly serviceAccount: ApiObject;

  public constructor(scope: Construct, id: string, props: MirrorProps) {
    super(scope, id);
    const meta = metadata(props.namespace, DAEMON_SET);
    this.serviceAccount = new ApiObject(
      this,
      'service-account',
      k8s.KubeServiceAccount.manifest({ metadata: meta, automountServiceAccountToken: false }),
    );
    this.daemonSet = new ApiObject(
      this,
      'Resource',
      k8s.KubeDaemonSet.manifest({
        metadata: { ...meta, labels: { ...objectLabels, ...mirrorLabels } },
        spec: {
          selector: { matchLabels: mirrorLabels },
          updateStrategy: updateStrategy(props.pod),
          template: {
            metadata: {
              labels: { ...props.pod.podLabels, ...stackLabels, ...mirrorLabels },
              annotations: { ...props.pod.podAnnotations, [CONFIG_HASH]: configHash(props.parts) },
            },
            spec: podSpec(props),
          },
        },
      }),
    );
  }
}

function configHash(parts: PodPart[]): string {
  return parts.flatMap((part) => part.configHash ?? []).join('-');
}

function updateStrategy({ updateStrategy: { type, maxUnavailable } }: ResolvedPod): k8s.DaemonSetUpdateStrategy {
  if (maxUnavailable === undefined) return { type };
  const { fromNumber, fromString } = k8s.IntOrString;
  const count = typeof maxUnavailable === 'number' ? fromNumber(maxUnavailable) : fromString(maxUnavailable);
  return { type, rollingUpdate: { maxUnavailable: count } };
}

function podSpec({ pod, ...props }: MirrorProps): k8s.PodSpec {
  const settled = (container: k8s.Container) => withPodSettings(container, pod);
  return {
    serviceAccountName: DAEMON_SET,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: pod.priorityClassName,
    imagePullSecrets: props.imagePullSecrets.map((name) => ({ name })),
    nodeSelector: { ...props.nodeSelector },
    affinity: pod.affinity,
    tolerations: props.tolerations,
    // The proxy's user reads its Secrets by the pod's group.
    securityContext: { fsGroup: ENVOY_UID, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 30,
    initContainers: props.parts.flatMap((part) => part.initContainers).map(settled),
    containers: props.parts.flatMap((part) => part.containers).map(settled),
    volumes: props.parts.flatMap((part) => part.volumes),
  };
}
