import type { Extension, FilterChain } from '../auth-proxy/envoy';

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
  /** Which connections are meant; all when left out. */
  readonly match?: FilterChain['filter_chain_match'];
  /** How the connection is secured. */
  readonly transportSocket?: Extension;
  /** Filters that every request must pass before it is routed; none when the connection itself proves who it is. */
  readonly httpFilters: Extension[];
}

/** How the proxy shows its peers who it is. */
export interface WayOut {
  /** How the connection is secured. */
  readonly transportSocket?: Extension;
  /** Filters that add what the peer asks for. */
  readonly httpFilters: Extension[];
}

/** A Secret as a folder of files in a container. */
export interface SecretFolder {
  /** Name of the Secret. */
  readonly secretName: string;
  /** Folder in the container. */
  readonly folder: string;
}

/** How nodes and mirrors prove who they are: gives each part of the mirror what it needs for that. */
export interface IAuthentication {
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

  /** Secrets that the proxy reads. */
  readonly proxySecrets: SecretFolder[];

  /** The Secret that the node agent presents on behalf of the node's containerd. */
  readonly nodeSecret: SecretFolder;
}
