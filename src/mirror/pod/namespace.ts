import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clusterWide } from '../../../imports/cluster-wide';
import { objectLabels } from '../../kubernetes/names';
import type { Platform } from '../props/containerd-props';

/** What the namespace is made of. */
export interface MirrorNamespaceProps {
  /** Its name. */
  readonly name: string;
  /** PriorityClass of the mirror's pods. */
  readonly priorityClassName: string;
  /** What the nodes run. */
  readonly platform: Platform;
}

/** The mirror's own namespace. */
export class MirrorNamespace extends Construct {
  /** The Namespace. */
  public readonly object: ApiObject;

  public constructor(scope: Construct, id: string, props: MirrorNamespaceProps) {
    super(scope, id);
    // The mirror needs host paths, a host port and NET_ADMIN in the pod's own network: beyond "baseline".
    const level = 'privileged';
    const podSecurity = ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]);
    this.object = new ApiObject(
      this,
      'Resource',
      k8s.KubeNamespace.manifest({
        metadata: { name: props.name, labels: { ...objectLabels, ...Object.fromEntries(podSecurity) } },
      }),
    );
    clusterWide(this.object);
    const { priorityClassName } = props;
    if (props.platform === 'gke' && priorityClassName.startsWith('system-')) {
      // GKE admits pods of a system's priority to other namespaces than kube-system only where a quota says so.
      new ApiObject(
        this,
        'quota',
        k8s.KubeResourceQuota.manifest({
          metadata: { namespace: props.name, name: priorityClassName, labels: { ...objectLabels } },
          spec: {
            hard: { pods: k8s.Quantity.fromString('15k') },
            scopeSelector: {
              matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [priorityClassName] }],
            },
          },
        }),
      );
    }
  }
}
