import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterWide } from './cluster-wide';

const API = 'projectcalico.org/v3';

/**
 * Rules for pods of a namespace, in an order with its NetworkPolicies, which come at 1000. projectcalico.org/v3, kind NetworkPolicy:
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
 */
export class CalicoNetworkPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props which pods, and what they may
   */
  public constructor(scope: Construct, id: string, props: CalicoNetworkPolicyProps) {
    const { metadata, ...spec } = props;
    super(scope, id, {
      apiVersion: API,
      kind: 'NetworkPolicy',
      metadata,
      spec: { ...spec, types: ['Ingress', 'Egress'] },
    });
  }
}

/** Rules for pods of a namespace. The first that matches decides. */
export interface CalicoNetworkPolicyProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** Its place among the policies: the lowest comes first. */
  readonly order: number;
  /** The pods, as an expression. */
  readonly selector: string;
  /** What reaches them. */
  readonly ingress: CalicoRule[];
  /** What they reach. */
  readonly egress: CalicoRule[];
}

/**
 * Rules for what arrives at nodes, before any address is replaced. What no rule names goes its way: such a policy denies nothing by
 * itself. projectcalico.org/v3, kind GlobalNetworkPolicy with preDNAT:
 * https://docs.tigera.io/calico/latest/reference/host-endpoints/pre-dnat
 */
export class CalicoPreDnatPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props which nodes, and what may arrive
   */
  public constructor(scope: Construct, id: string, props: CalicoPreDnatPolicyProps) {
    const { name, labels, ...spec } = props;
    super(scope, id, {
      apiVersion: API,
      kind: 'GlobalNetworkPolicy',
      metadata: { name, labels },
      // Calico wants applyOnForward with preDNAT.
      spec: { ...spec, preDNAT: true, applyOnForward: true, types: ['Ingress'] },
    });
    clusterWide(this);
  }
}

/** Rules for what arrives at nodes. */
export interface CalicoPreDnatPolicyProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** Its place among the policies: the lowest comes first. */
  readonly order: number;
  /** The nodes' host endpoints, as an expression. */
  readonly selector: string;
  /** What may arrive, and what may not. */
  readonly ingress: CalicoRule[];
}

/** What happens to some packets. */
export interface CalicoRule {
  /** What happens. */
  readonly action: 'Allow' | 'Deny';
  /**
   * Protocol: TCP or UDP.
   *
   * @default - any
   */
  readonly protocol?: string;
  /**
   * Where they come from.
   *
   * @default - anywhere
   */
  readonly source?: CalicoEntity;
  /**
   * Where they go.
   *
   * @default - anywhere
   */
  readonly destination?: CalicoEntity;
}

/** Sources or destinations, of which all of these are true. */
export interface CalicoEntity {
  /**
   * Pods by their labels, as an expression; of the policy's own namespace, unless others are selected.
   *
   * @default - any
   */
  readonly selector?: string;
  /**
   * Their namespaces by their labels, as an expression.
   *
   * @default - any
   */
  readonly namespaceSelector?: string;
  /**
   * Addresses in CIDR notation.
   *
   * @default - any
   */
  readonly nets?: string[];
  /**
   * Addresses that they are not among.
   *
   * @default - none
   */
  readonly notNets?: string[];
  /**
   * Ports.
   *
   * @default - any
   */
  readonly ports?: number[];
}
