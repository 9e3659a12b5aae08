import { OCI_NAME, OCI_REFERENCE } from '../../kubernetes/oci-name';
import { BLOB, directRoute, findsPeer } from './direct-path';
import { method, onlyMethods } from './http';
import { header, type Route } from './types';

/** Which side of the mirror asks. */
export enum RegistrySide {
  /** The node's own containerd. Its Spegel may ask peers: the mirror header is stripped. */
  ENTRY = 'entry',
  /** A peer. Only what this node has is served, never fetched from a third: the mirror header is forced. */
  PEERS = 'peers',
}

const MIRRORED = 'x-spegel-mirrored';

/**
 * The only requests that reach Spegel's registry: blobs by digest, and manifests of repositories that are declared public. The
 * refusal of the rest is a bare 404: containerd goes on to the origin, which checks the pod's own pull secret. A challenge would
 * make containerd hand that secret over.
 *
 * The query is matched with the path, in full: it names the registry, and two readers of a doubled or encoded `ns` may differ.
 */
export function registryRoutes(side: RegistrySide, publicRepositories: string[]): Route[] {
  return [
    onlyMethods('GET|HEAD'),
    ...(side === RegistrySide.ENTRY ? entryBlobs() : [toSpegel(side, 'GET|HEAD', BLOB)]),
    ...publicRepositories.map((repository) => toSpegel(side, 'GET|HEAD', manifestsOf(repository))),
  ];
}

/** The direct path, and the way by Spegel. In the answer to HEAD stands the egress' marker, which is nothing to containerd. */
function entryBlobs(): Route[] {
  const toEntry = (methods: string) => toSpegel(RegistrySide.ENTRY, methods, BLOB);
  return [
    directRoute(),
    { ...toEntry('GET'), typed_per_filter_config: findsPeer() },
    { ...toEntry('HEAD'), response_headers_to_add: [header('content-type', 'application/octet-stream')] },
  ];
}

/** The paths of a repository's manifests, `host/path` or `host/path/*`, as a regular expression (RE2). */
export function manifestsOf(repository: string): string {
  const [host = '', ...path] = repository.split('/');
  const name = path.map((component) => (component === '*' ? OCI_NAME : literally(component))).join('/');
  return `/v2/${name}/manifests/${OCI_REFERENCE}[?]ns=${literally(host)}`;
}

function literally(text: string): string {
  return text.replace(/[.]/g, '[.]');
}

function toSpegel(side: RegistrySide, methods: string, path: string): Route {
  const headers = [method(methods), { name: ':path', string_match: { safe_regex: { regex: path } } }];
  return {
    match: { prefix: '/v2/', headers },
    // No end but `PROGRESS_TIMEOUT` and the longest time of all streams.
    route: { cluster: 'spegel', timeout: '0s' },
    ...(side === RegistrySide.PEERS
      ? { request_headers_to_add: [header(MIRRORED, 'true')], request_headers_to_remove: ['authorization'] }
      : { request_headers_to_remove: [MIRRORED, 'authorization'] }),
    response_headers_to_remove: ['www-authenticate'],
  };
}
