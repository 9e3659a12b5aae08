import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels, stackLabels } from '../../kubernetes/names';
import { ENVOY_UID } from '../contract/ports';
import type { TolerationProps } from '../props/toleration-props';

/** A part of the mirror's pod. */
export interface PodPart {
  /** Volumes that its containers mount. */
  readonly volumes: k8s.Volume[];
  /** Hash of what only a new pod takes over. */
  readonly configHash: string;
}

/** What the mirror's pod is made of. */
export interface MirrorProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Containers that run before the others, in their order: the redirect, then the proxy. */
  readonly initContainers: k8s.Container[];
  /** Containers of the pod. */
  readonly containers: k8s.Container[];
  /** Volumes besides those of the parts. */
  readonly volumes: k8s.Volume[];
  /** Parts that bring volumes and configuration. */
  readonly parts: PodPart[];
  /** Names of Secrets with which the images are pulled. */
  readonly imagePullSecrets: string[];
  /** Labels of the nodes that get a mirror. */
  readonly nodeSelector: { readonly [label: string]: string };
  /** Taints that it tolerates. */
  readonly tolerations: TolerationProps[];
}

/** The mirror: one pod on every node. It needs nothing of the API server, so it has no token and no rights. */
export class Mirror extends Construct {
  public constructor(scope: Construct, id: string, props: MirrorProps) {
    super(scope, id);
    const meta = metadata(props.namespace, 'mirror');
    new ApiObject(
      this,
      'service-account',
      k8s.KubeServiceAccount.manifest({ metadata: meta, automountServiceAccountToken: false }),
    );
    new ApiObject(
      this,
      'Resource',
      k8s.KubeDaemonSet.manifest({
        metadata: { ...meta, labels: { ...stackLabels, ...mirrorLabels } },
        spec: {
          selector: { matchLabels: mirrorLabels },
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') },
          },
          template: {
            metadata: {
              labels: { ...stackLabels, ...mirrorLabels },
              annotations: { 'secured-mirror/config-hash': props.parts.map((part) => part.configHash).join('-') },
            },
            spec: podSpec(props),
          },
        },
      }),
    );
  }
}

function podSpec(props: MirrorProps): k8s.PodSpec {
  return {
    serviceAccountName: 'mirror',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: 'system-node-critical',
    imagePullSecrets: props.imagePullSecrets.map((name) => ({ name })),
    nodeSelector: { ...props.nodeSelector },
    tolerations: props.tolerations,
    // The proxy's user reads its Secrets by the pod's group.
    securityContext: { fsGroup: ENVOY_UID, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 30,
    initContainers: props.initContainers,
    containers: props.containers,
    volumes: [...props.volumes, ...props.parts.flatMap((part) => part.volumes)],
  };
}
