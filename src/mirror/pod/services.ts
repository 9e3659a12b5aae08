import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels } from '../../kubernetes/names';
import { METRICS_PORT } from '../contract/names';
import { ports } from '../contract/ports';
import type { ResolvedEntry } from '../resolved';

/** What the Services are made of. */
export interface ServicesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Where a node's own containerd reaches the auth proxy. */
  readonly entry: ResolvedEntry;
  /** Whether anybody may read the metrics. */
  readonly metrics: boolean;
}

/** The names by which mirrors find each other and scrapers find all of them, and the address of an entry that is no hostPort. */
export class Services extends Construct {
  /** Name that resolves to the addresses of all mirrors, ready or not: the first ones would never get ready else. */
  public readonly peersName: string;
  /** The Service by which mirrors find each other. */
  public readonly peers: ApiObject;
  /** The Service by which scrapers find the mirrors; undefined where nobody may read the metrics. */
  public readonly metrics: ApiObject | undefined;
  /** The Service of the entry; undefined where the entry is a hostPort. */
  public readonly entry: ApiObject | undefined;

  public constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    this.peersName = `mirror-peers.${props.namespace}.svc`;
    this.peers = this.headless('peers', props.namespace, 'mirror-peers', {
      name: 'router',
      port: ports.listeners.router,
    });
    if (props.metrics) {
      const port = { name: METRICS_PORT, port: ports.listeners.metrics };
      this.metrics = this.headless('metrics', props.namespace, 'mirror-metrics', port);
    }
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

  /** A name that resolves to the addresses of all mirrors, ready or not. */
  private headless(id: string, namespace: string, name: string, port: { name: string; port: number }): ApiObject {
    return new ApiObject(
      this,
      id,
      k8s.KubeService.manifest({
        metadata: metadata(namespace, name),
        spec: {
          clusterIp: 'None',
          publishNotReadyAddresses: true,
          selector: mirrorLabels,
          ports: [{ ...port, protocol: 'TCP' }],
        },
      }),
    );
  }
}
