import type { DnsServers } from './dns-presets';
import type { DnsPreset } from './props/dns-props';
import type { ClusterCidrsProps, Cni } from './props/network-props';

/** Who may reach whom. */
export interface ResolvedNetwork {
  readonly policies: boolean;
  readonly dnsPreset: DnsPreset;
  /** DNS servers of the preset, then the user's. */
  readonly dns: DnsServers;
  /** Addresses of nodes, pods and Services; empty where they are not known. */
  readonly cidrs: ResolvedCidrs;
  /** The CNI, if it is known. */
  readonly cni?: Cni;
  /** Whether nodes get a policy of Cilium's host firewall. */
  readonly hostFirewall: boolean;
  /** Callers whom the user lets in. */
  readonly extraIngress: readonly ResolvedExtraIngress[];
  /** Destinations that the user adds. */
  readonly extraEgress: readonly ResolvedExtraEgress[];
}

/** Addresses in CIDR notation. */
export type ResolvedCidrs = { readonly [list in keyof ClusterCidrsProps]-?: readonly string[] };

/** Pods of a namespace; all of them without labels. */
export interface ResolvedPodSelection {
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
}

/** Pods, or addresses in CIDR notation. */
export type ResolvedPeer = ResolvedPodSelection | { readonly cidr: string };

/** Callers whom the user lets in at a port of TCP. */
export interface ResolvedExtraIngress {
  readonly from: readonly ResolvedPeer[];
  readonly port: number;
}

/** Destinations that the user adds. */
export interface ResolvedExtraEgress {
  readonly to: readonly ResolvedPeer[];
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}
