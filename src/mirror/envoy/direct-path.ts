import { OCI_DIGEST, OCI_NAME } from '../../kubernetes/oci-name';
import { POD_UID_VARIABLE } from '../contract/names';
import { method } from './http';
import { lua } from './lua';
import { peerLog } from './peer-log';
import {
  type AccessLog,
  type Extension,
  extension,
  FILTERS,
  header,
  message,
  type Route,
  type TypedConfig,
} from './types';

/*
 * The direct path of a layer. Spegel knows which peer has it, but each byte that passes through it is copied four times more. So the entry asks Spegel by
 * HEAD; the egress writes the address that it dialled into the answer's content type, the one header of a peer that Spegel passes on; and the
 * entry takes the request to that peer by itself.
 */

const LUA = 'envoy.filters.http.lua';

/** Name of the metadata in which `find-peer.lua` notes the peer: no header, so no caller can name one. */
const METADATA = 'secured-mirror';

/** The beginning of the content type that stands for a peer's address: the UID of this pod and the address follow, each after a semicolon. */
const MARKER = 'application/vnd.secured-mirror.peer;';

/** Matches requests for a blob. */
export const BLOB = `/v2/${OCI_NAME}/blobs/${OCI_DIGEST}[?]ns=[a-zA-Z0-9.-]+`;

/** Envoy's operator for the address of the peer that a request was taken to. */
export const directPeer = `%DYNAMIC_METADATA(${METADATA}:peer)%`;

/** Where a cluster finds the address to dial, in place of the original destination. */
export const peerAddress = { key: METADATA, path: [{ key: 'address' }] };

/** The filter with the programs, of which each route names its own. */
export function directPathFilter(): Extension {
  const sources = Object.entries(lua()).map(([name, text]) => [name, { inline_string: text }]);
  return extension(LUA, `${FILTERS}.lua.v3.Lua`, { source_codes: Object.fromEntries(sources) });
}

/** Lets a route of the entry look for a peer first. */
export function findsPeer(): Route['typed_per_filter_config'] {
  const context = { variable: POD_UID_VARIABLE, cluster: 'spegel', marker: MARKER, metadata: METADATA };
  return { [LUA]: program('find-peer.lua', { filter_context: context }) };
}

/** The route of the entry to the peer that has the layer. */
export function directRoute(): Route {
  return {
    match: {
      prefix: '/v2/',
      headers: [method('GET'), { name: ':path', string_match: { safe_regex: { regex: BLOB } } }],
      dynamic_metadata: [found('address')],
    },
    route: { cluster: 'peer-registry', timeout: '0s' },
    response_headers_to_remove: ['www-authenticate'],
    typed_per_filter_config: { [LUA]: program('peer-answer.lua') },
  };
}

/** The route of the egress for Spegel's lookups, which gets the marker into the answer. */
export function markedRoute(): Route {
  const marker = `${MARKER}%ENVIRONMENT(${POD_UID_VARIABLE})%;%UPSTREAM_REMOTE_ADDRESS%`;
  return {
    match: {
      prefix: '/v2/',
      headers: [method('HEAD'), { name: ':path', string_match: { safe_regex: { regex: BLOB } } }],
    },
    route: { cluster: 'peer-registry', timeout: '0s' },
    response_headers_to_add: [header('content-type', marker)],
  };
}

/** Notes the requests that take the direct path. */
export function directPathLog(): AccessLog {
  return peerLog(directPeer, { metadata_filter: { matcher: found('peer'), match_if_key_not_found: false } });
}

function program(name: keyof ReturnType<typeof lua>, more: object = {}): TypedConfig {
  return message(`${FILTERS}.lua.v3.LuaPerRoute`, { name, ...more });
}

function found(key: 'address' | 'peer'): object {
  return { filter: METADATA, path: [{ key }], value: { present_match: true } };
}
