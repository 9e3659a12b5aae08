import type { methods } from '../contract/names';
import type { IProxyAuthentication } from '../envoy/proxy-authentication';
import type { MountedVolume } from './mounts';

/** One method by which nodes and mirrors authenticate themselves. */
export interface IAuthenticationMethod extends IProxyAuthentication {
  /** Its name in the node agent's settings. */
  readonly name: (typeof methods)[keyof typeof methods];

  /** Scheme of the entry's URL, as containerd dials it. */
  readonly scheme: 'http' | 'https';
}

/** Volumes that the node agent reads to act on behalf of the node's containerd. */
export interface NodeVolumes {
  /** Certificate of the node's containerd. */
  readonly identity: MountedVolume;
  /** The credential. */
  readonly credential: MountedVolume;
  /** The scrapers' credential for metrics. */
  readonly metricsCredential: MountedVolume;
  /**
   * Trusted CA certificates.
   *
   * @default - the CA certificates beside the identity
   */
  readonly trust?: MountedVolume;
}

/** How nodes and mirrors authenticate themselves: the one source for the proxy, the node agent and the pod. */
export interface IAuthentication extends IProxyAuthentication {
  /** The methods that the listeners accept. */
  readonly methods: IAuthenticationMethod[];

  /** The method that the proxy uses towards peers, and containerd towards the entry. */
  readonly upstreamMethod: IAuthenticationMethod;

  /** Whether the proxy serves and counts requests without a credential. */
  readonly permissive: boolean;

  /** Seconds until a changed Secret has reached every node. */
  readonly propagationSeconds: number;

  /** Volumes that the proxy reads. */
  readonly proxyVolumes: MountedVolume[];

  /** Volumes that the node agent reads. */
  readonly nodeVolumes: NodeVolumes;
}
