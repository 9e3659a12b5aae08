import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels } from '../../kubernetes/names';
import { ports } from '../contract/ports';
import type { ClusterIpEntryProps } from '../props/entry-props';

/** What the Services are made of. */
export interface ServicesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /**
   * Address of the entry.
   *
   * @default - none: the entry is a hostPort
   */
  readonly entry?: ClusterIpEntryProps;
}

/** Port of the entry on a node or a Service, unless another is given. */
export const DEFAULT_ENTRY_PORT = 30020;

/** The name by which mirrors find each other, and, where hostPorts are not to be had, the address of the entry. */
export class Services extends Construct {
  /** Name that resolves to the addresses of all mirrors, ready or not: the first ones would never get ready else. */
  public readonly peersName: string;

  public constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    this.peersName = `mirror-peers.${props.namespace}.svc`;
    new ApiObject(
      this,
      'peers',
      k8s.KubeService.manifest({
        metadata: metadata(props.namespace, 'mirror-peers'),
        spec: {
          clusterIp: 'None',
          publishNotReadyAddresses: true,
          selector: mirrorLabels,
          ports: [{ name: 'router', port: ports.listeners.router, protocol: 'TCP' }],
        },
      }),
    );
    if (props.entry !== undefined) {
      new ApiObject(
        this,
        'entry',
        k8s.KubeService.manifest({
          metadata: metadata(props.namespace, 'mirror-entry'),
          spec: {
            clusterIp: props.entry.address,
            // Another node's entry would refuse this node's containerd.
            internalTrafficPolicy: 'Local',
            selector: mirrorLabels,
            ports: [
              {
                name: 'entry',
                port: props.entry.port ?? DEFAULT_ENTRY_PORT,
                targetPort: k8s.IntOrString.fromNumber(ports.listeners.entry),
                protocol: 'TCP',
              },
            ],
          },
        }),
      );
    }
  }
}
