const PREFIX = 'secured_mirror_';

/** Metrics of the node agent's report, with the labels that each has. */
export const metrics = {
  /** Registries by the state of their settings on the node. */
  registries: { name: `${PREFIX}registries`, labels: { state: 'state' } },
  /** Whether no other node has a mirror. */
  onlyMirror: { name: `${PREFIX}only_mirror` },
  /** How many directories of registries `_default` does not reach. */
  unreachedFolders: { name: `${PREFIX}unreached_folders` },
  /** The first of these directories. */
  unreachedFolderInfo: { name: `${PREFIX}unreached_folder_info`, labels: { folder: 'folder' } },
  /** Whether containerd's default list leads to the registry settings, where the agent links it. */
  defaultListLinked: { name: `${PREFIX}default_list_linked` },
  /** Requests of the node's containerd at the entry. */
  entryRequests: { name: `${PREFIX}entry_requests_total`, labels: { registry: 'registry' } },
  /** Bytes from peers. */
  peerBytes: { name: `${PREFIX}peer_bytes_total` },
  /** Bytes to peers. */
  servedBytes: { name: `${PREFIX}served_bytes_total` },
  /** Bytes of content that arrived on the node, but not through the entry. */
  originBytes: { name: `${PREFIX}origin_bytes_total` },
  /** Share of the peers in both, 0 to 1. */
  hitRatio: { name: `${PREFIX}hit_ratio` },
  /** Whether pulls of a published registry go past the entry. */
  bypassed: { name: `${PREFIX}bypassed`, labels: { registry: 'registry' } },
  /** Version of the identity: `HASH_DIGITS` digits of its hash. */
  identityInfo: { name: `${PREFIX}identity_info`, labels: { version: 'version' } },
  /** Authentication method towards peers, which containerd uses too. */
  upstreamAuthenticationInfo: { name: `${PREFIX}upstream_authentication_info`, labels: { method: 'method' } },
  /** Trusted CA certificates: `HASH_DIGITS` digits of the hash of each. */
  trustInfo: { name: `${PREFIX}trust_info`, labels: { ca: 'ca' } },
  /** Phase of the credential's rotation. */
  credentialPhase: { name: `${PREFIX}credential_phase` },
  /** Version of the credential that the proxy sends, and the version that the Secret holds. */
  credentialVersionInfo: {
    name: `${PREFIX}credential_version_info`,
    labels: { presented: 'presented', newest: 'newest' },
  },
  /** How many versions of the credential the proxy accepts. */
  credentialVersions: { name: `${PREFIX}credential_versions` },
  /** Whether a rotation waits for nodes that lag behind. */
  credentialLagging: { name: `${PREFIX}credential_lagging` },
  /** Whether the Secret holds a usable credential. */
  credentialValid: { name: `${PREFIX}credential_valid` },
  /** Whether the Secret asks to drop older versions at once. */
  credentialDropOld: { name: `${PREFIX}credential_drop_old` },
  /** Requests without a credential, by listener and source address. */
  unauthenticatedRequests: {
    name: `${PREFIX}unauthenticated_requests_total`,
    labels: { listener: 'listener', source: 'source' },
  },
};

/** States of a registry, the values of the label `state`. */
export const registryStates = { published: 'published', refused: 'refused', waiting: 'waiting' };
