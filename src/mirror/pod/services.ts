import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels } from '../../kubernetes/names';
import { ports } from '../contract/ports';
import type { ResolvedEntry } from '../resolved';

/** What the Services are made of. */
export interface ServicesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Where a node's own containerd reaches the auth proxy. */
  readonly entry: ResolvedEntry;
}

/** The name by which mirrors find each other, and the address of an entry that is no hostPort. */
export class Services extends Construct {
  /** Name that resolves to the addresses of all mirrors, ready or not: the first ones would never get ready else. */
  public readonly peersName: string;
  /** The Service by which mirrors find each other. */
  public readonly peers: ApiObject;
  /** The Service of the entry; undefined where the entry is a hostPort. */
  public readonly entry: ApiObject | undefined;

  public constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    this.peersName = `mirror-peers.${props.namespace}.svc`;
    this.peers = new ApiObject(
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
    if (props.entry.kind === 'clusterIp') {
      this.entry = new ApiObject(
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
                port: props.entry.port,
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
