import type { k8s } from 'cdk8s-plus-28';
import type { Extension, FilterChain } from '../envoy/types';

/** A door: a listener of the auth proxy through which others come in, and which asks who they are. */
export enum Door {
  /** The node's own containerd. */
  ENTRY = 'entry',
  /** Peers' requests for blobs and public manifests. */
  PEERS = 'peers',
  /** Peers' routers: who has what. */
  ROUTER = 'router',
  /** Scrapers of metrics. */
  METRICS = 'metrics',
}

/** One way in through a door. A connection that no way in matches is closed. */
export interface WayIn {
  /** Its name among the ways of a door. */
  readonly name: string;
  /** Which connections are meant. */
  readonly match: FilterChain['filter_chain_match'];
  /** How the connection is secured. */
  readonly transportSocket?: Extension;
  /** Filters that every request must pass before it is routed; none when the connection itself proves who it is. */
  readonly httpFilters: Extension[];
  /** Where each request is noted down; nowhere when left out. */
  readonly accessLog?: Extension;
}

/** How the proxy shows its peers who it is. */
export interface WayOut {
  /** How the connection is secured. */
  readonly transportSocket?: Extension;
  /** Filters that add what the peer asks for. */
  readonly httpFilters: Extension[];
}

/** One way to prove who one is. */
export interface IWay {
  /** What the node agent calls it. */
  readonly name: 'basic' | 'mutual-tls';

  /** Scheme of the entry's URL, as containerd dials it. */
  readonly scheme: 'http' | 'https';

  /**
   * The ways in through a door. At least one, and none that lets a stranger pass.
   *
   * @param door the door
   */
  accept(door: Door): WayIn[];

  /** How the proxy shows its peers who it is. */
  present(): WayOut;

  /** Files of Envoy's configuration that the ways name, as values, by file name. */
  readonly envoyFiles: { readonly [file: string]: object };
}

/**
 * A Secret or ConfigMap as a folder of files in a container. It may come later than the pod: so all ways of authentication have the
 * same pod, and a move from one to the other replaces none.
 */
export interface Folder {
  /** Name of the volume. */
  readonly name: string;
  /** Where the files come from. */
  readonly source: Omit<k8s.Volume, 'name'>;
  /** Folder in the container. */
  readonly folder: string;
}

/** What the node agent reads to act on behalf of the node's containerd. */
export interface NodeFolders {
  /** Certificate of the node's containerd. */
  readonly identity: Folder;
  /** The credential. */
  readonly credential: Folder;
  /** Credential of those who read metrics. */
  readonly metricsCredential: Folder;
  /**
   * CA certificates to trust.
   *
   * @default - those beside the identity
   */
  readonly trust?: Folder;
}

/** How nodes and mirrors prove who they are: gives each part of the mirror what it needs for that. */
export interface IAuthentication extends Omit<IWay, 'name' | 'scheme'> {
  /** The ways that are accepted. */
  readonly ways: IWay[];

  /** The way that is shown to peers, and that containerd uses. */
  readonly presented: IWay;

  /** Whether requests that show nothing are served and counted. */
  readonly permissive: boolean;

  /** Seconds until a changed Secret has reached every node. */
  readonly propagationSeconds: number;

  /** What the proxy reads. */
  readonly proxyFolders: Folder[];

  /** What the node agent reads. */
  readonly nodeFolders: NodeFolders;
}
