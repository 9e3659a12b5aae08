import type { Extension, FilterChain } from './types';

/** A listener that authenticates its callers. Only these and the health listener have the pod's address. */
export enum AuthenticatedListener {
  /** The node's own containerd. */
  ENTRY = 'entry',
  /** Peers' requests for blobs and public manifests. */
  PEERS = 'peers',
  /** Peers' routers, which tell each other who has which content. */
  ROUTER = 'router',
  /** Scrapers of metrics. */
  METRICS = 'metrics',
}

/** One filter chain of an authenticated listener. Envoy closes connections that match no chain. */
export interface AuthenticatedFilterChain {
  /** Its name among the chains of a listener. */
  readonly name: string;
  /** The connections that it takes. */
  readonly match: FilterChain['filter_chain_match'];
  /** Secures the connection. */
  readonly transportSocket?: Extension;
  /** Filters that every request must pass before its route; empty where the handshake has authenticated the caller. */
  readonly httpFilters: Extension[];
  /** Notes each request. */
  readonly accessLog?: Extension;
}

/** How the proxy authenticates itself to peers. */
export interface UpstreamAuthentication {
  /** Secures the connection. */
  readonly transportSocket?: Extension;
  /** Filters that add the credential. */
  readonly httpFilters: Extension[];
}

/** The part of authentication that goes into Envoy's configuration. */
export interface IProxyAuthentication {
  /**
   * The filter chains of a listener. At least one, and none lets a stranger pass.
   *
   * @param listener the listener
   */
  filterChains(listener: AuthenticatedListener): AuthenticatedFilterChain[];

  /** How the proxy authenticates itself to peers. */
  upstream(): UpstreamAuthentication;

  /** Files of Envoy's configuration that the filter chains name, as values, by file name. */
  readonly envoyFiles: { readonly [file: string]: object };
}
