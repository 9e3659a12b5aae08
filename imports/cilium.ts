import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterWide } from './cluster-wide';

const API = 'cilium.io/v2';

/**
 * Rules for pods of a namespace, beside its NetworkPolicies. cilium.io/v2, kind CiliumNetworkPolicy:
 * https://docs.cilium.io/en/stable/network/kubernetes/policy/
 */
export class CiliumNetworkPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props which pods, and what they may
   */
  public constructor(scope: Construct, id: string, props: CiliumNetworkPolicyProps) {
    const { metadata, ...spec } = props;
    super(scope, id, { apiVersion: API, kind: 'CiliumNetworkPolicy', metadata, spec });
  }
}

/** Rules for pods of a namespace. */
export interface CiliumNetworkPolicyProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** The pods. */
  readonly endpointSelector: CiliumSelector;
  /** Who may reach them. */
  readonly ingress: CiliumIngressRule[];
  /**
   * Who may not, whatever another policy allows.
   *
   * @default - nobody is named
   */
  readonly ingressDeny?: CiliumIngressRule[];
  /** Who they may reach. */
  readonly egress: CiliumEgressRule[];
}

/**
 * Rules for the nodes themselves. cilium.io/v2, kind CiliumClusterwideNetworkPolicy with a nodeSelector:
 * https://docs.cilium.io/en/stable/security/policy/host/ (Cilium 1.16)
 */
export class CiliumHostPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what nodes refuse
   */
  public constructor(scope: Construct, id: string, props: CiliumHostPolicyProps) {
    const { name, labels, ingressDeny } = props;
    super(scope, id, {
      apiVersion: API,
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name, labels },
      spec: {
        // Every node: Cilium's own filter keeps most labels of nodes from host policies, and a label that it drops selects no node.
        nodeSelector: {},
        // Without this, a policy that selects a node makes it refuse all that no policy allows.
        enableDefaultDeny: { ingress: false },
        ingressDeny,
      },
    });
    clusterWide(this);
  }
}

/** What nodes refuse. */
export interface CiliumHostPolicyProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** What every node refuses. */
  readonly ingressDeny: CiliumIngressRule[];
}

/** Pods by their labels: of the policy's own namespace, unless a label names another. */
export interface CiliumSelector {
  /**
   * Labels that they have.
   *
   * @default - any
   */
  readonly matchLabels?: { readonly [label: string]: string };
  /**
   * What else is true of their labels.
   *
   * @default - nothing
   */
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values?: string[] }[];
}

/** Groups of sources and destinations that Cilium knows by name. */
export type CiliumEntity = 'all' | 'host' | 'kube-apiserver' | 'remote-node' | 'world';

/** Ports, all of which a rule is about. */
export interface CiliumPorts {
  /** Numbers, as texts, and protocols. */
  readonly ports: { readonly port: string; readonly protocol: string }[];
}

/** Sources: one of the two. */
export interface CiliumIngressRule {
  /**
   * Pods.
   *
   * @default - none
   */
  readonly fromEndpoints?: CiliumSelector[];
  /**
   * Others.
   *
   * @default - none
   */
  readonly fromEntities?: CiliumEntity[];
  /**
   * Addresses outside of the cluster.
   *
   * @default - none
   */
  readonly fromCIDR?: string[];
  /**
   * Ports.
   *
   * @default - all
   */
  readonly toPorts?: CiliumPorts[];
}

/** Destinations: one of the three. */
export interface CiliumEgressRule {
  /**
   * Pods.
   *
   * @default - none
   */
  readonly toEndpoints?: CiliumSelector[];
  /**
   * Others.
   *
   * @default - none
   */
  readonly toEntities?: CiliumEntity[];
  /**
   * Addresses outside of the cluster.
   *
   * @default - none
   */
  readonly toCIDR?: string[];
  /** Ports. */
  readonly toPorts: CiliumPorts[];
}
