import type { DnsServers } from './dns-presets';
import type { ImageReferences } from './images';
import type { NodePaths } from './platforms';
import type { AccessLogProps } from './props/access-log-props';
import type { AuthenticationMethod } from './props/authentication-props';
import type { ExternalCredentialProps } from './props/basic-props';
import type { CertificatePolicyProps } from './props/certificate-policy-props';
import type { Platform } from './props/containerd-props';
import type { DnsPreset } from './props/dns-props';
import type { IssuerReference } from './props/issuer-props';
import type { LimitsProps } from './props/limits-props';
import type { LogLevelProps } from './props/log-level-props';
import type { MirrorSettings } from './props/mirror-settings';
import type { CertificateSecretsProps, TrustProps } from './props/mutual-tls-props';
import type { ClusterCidrsProps, Cni } from './props/network-props';
import type { ApiServerProps } from './props/node-readiness-props';
import type { PodSettings } from './props/pod-settings';
import type { ResourcesProps } from './props/resources-props';
import type { NodeCount, UpdateStrategyProps } from './props/update-strategy-props';

/** Every setting of a mirror, each with its value: the constructs take these, and have no defaults of their own. */
export interface ResolvedMirror
  extends Required<
    Pick<
      MirrorSettings,
      'name' | 'namespace' | 'registries' | 'publicRepositories' | 'imagePullSecrets' | 'tolerations' | 'dualStack'
    >
  > {
  readonly authentication: ResolvedAuthentication;
  readonly entry: ResolvedEntry;
  readonly platform: Platform;
  /** Where containerd keeps its files on the nodes. */
  readonly paths: NodePaths;
  /** Whether the node agent links containerd's default list to the folder of registry settings. */
  readonly linkDefaultList: boolean;
  readonly images: ImageReferences;
  readonly limits: ResolvedLimits;
  /** Which requests the proxy notes; none when undefined. */
  readonly accessLog?: ResolvedAccessLog;
  readonly network: ResolvedNetwork;
  /** Who may read the metrics; nobody when undefined. */
  readonly metrics?: { readonly from: readonly ResolvedPodSelection[] };
  /** Whether pods wait for the mirror of a new node; they do not when undefined. */
  readonly nodeReadiness?: ResolvedNodeReadiness;
  /** What the mirror's pods have beside their containers. */
  readonly pod: ResolvedPod;
  readonly nodeSelector: { readonly [label: string]: string };
}

/** How nodes and mirrors prove who they are. */
export interface ResolvedAuthentication {
  readonly mutualTls?: ResolvedMutualTls;
  readonly basic?: ResolvedBasic;
  /** The method that mirrors use towards peers, and containerd towards the entry. */
  readonly present: AuthenticationMethod;
  readonly permissive: boolean;
  /** Secrets and bundle that pods mount with every method, so that a move from one to the other replaces no pod. */
  readonly mounted: ResolvedMounts;
  /** Seconds until a changed Secret has reached every node. */
  readonly propagationSeconds: number;
}

/** Secrets and the bundle that the mirror's pods mount, by their names. */
export interface ResolvedMounts {
  /** Secrets of the certificates. */
  readonly secrets: Required<CertificateSecretsProps>;
  /** Secret of the credential. */
  readonly credential: string;
  /** Secret of the credential of scrapers. */
  readonly metricsCredential: string;
  /** Bundle of CA certificates; the ca.crt beside each certificate when undefined. */
  readonly trust?: TrustProps & Required<Pick<TrustProps, 'key'>>;
}

/** Mutual TLS. */
export interface ResolvedMutualTls {
  /** Who signs; the user makes the certificates when undefined. */
  readonly issuer?: ResolvedIssuer;
  readonly certificates: ResolvedCertificates;
  readonly trustDomain: string;
}

/** What the user says of the mirror's pods. */
export interface ResolvedPod
  extends Required<Pick<PodSettings, 'priorityClassName' | 'podLabels' | 'podAnnotations' | 'imagePullPolicy'>>,
    Pick<PodSettings, 'affinity'> {
  readonly resources: ResolvedResources;
  readonly updateStrategy: ResolvedUpdateStrategy;
  readonly logLevel: Required<LogLevelProps>;
}

/** What each container asks for, and may take. */
export type ResolvedResources = { readonly [container in keyof ResourcesProps]-?: ResolvedContainerResources };

/** What a container asks for, and may take at most. Without a CPU limit it takes what the node has left. */
export interface ResolvedContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

/** How the DaemonSet replaces pods: some at a time, or when somebody deletes them. */
export interface ResolvedUpdateStrategy {
  readonly type: NonNullable<UpdateStrategyProps['type']>;
  readonly maxUnavailable?: NodeCount;
}

/** An issuer of cert-manager. */
export interface ResolvedIssuer {
  /** Secret of the CA that the stack makes this issuer of; the issuer exists when undefined. */
  readonly caSecret?: string;
  readonly ref: Required<IssuerReference>;
}

/** What cert-manager is asked for. */
export type ResolvedCertificates = CertificatePolicyProps &
  Required<Pick<CertificatePolicyProps, 'duration' | 'renewBefore' | 'keyAlgorithm'>>;

/** Basic authentication. */
export interface ResolvedBasic {
  /** Store that the credential comes from; the user makes its Secret when undefined. */
  readonly externalSecret?: Required<ExternalCredentialProps>;
}

/** Where a node's own containerd reaches the auth proxy. */
export interface ResolvedEntry {
  /** A hostPort, or a Service with a fixed address. */
  readonly kind: 'loopback' | 'clusterIp';
  readonly address: string;
  readonly port: number;
}

/** Limits against abuse. Without a number of MiB per second there is no such limit. */
export type ResolvedLimits = LimitsProps &
  Required<Pick<LimitsProps, 'connectionsPerSource' | 'entryConnections' | 'connections' | 'requests'>>;

/** Percent of the requests that the proxy notes. */
export type ResolvedAccessLog = Required<AccessLogProps>;

/** Pods wait for the mirror of a new node. */
export interface ResolvedNodeReadiness {
  /** Where the API server listens; undefined where no policies are made. */
  readonly apiServer?: Required<ApiServerProps>;
  /** Whether the controller only reports which nodes would wait. */
  readonly dryRun: boolean;
}

/** Addresses in CIDR notation. */
export type ResolvedCidrs = { readonly [list in keyof ClusterCidrsProps]-?: readonly string[] };

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
