import type { ImageReferences } from './images';
import type { NodePaths } from './platforms';
import type { AccessLogProps } from './props/access-log-props';
import type { Platform } from './props/containerd-props';
import type { LimitsProps } from './props/limits-props';
import type { MirrorSettings } from './props/mirror-settings';
import type { ApiServerProps } from './props/node-readiness-props';
import type { ResolvedAuthentication } from './resolved-authentication';
import type { ResolvedNetwork, ResolvedPodSelection } from './resolved-network';
import type { ResolvedPod } from './resolved-pod';

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
