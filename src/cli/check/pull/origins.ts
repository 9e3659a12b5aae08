import type { PeerRequest } from '../../../mirror/contract/peer-request';
import { isObject, parsed } from '../../shared/json';
import type { Layer } from './layers';

/** A layer, and where its bytes came from. */
export interface Origin extends Layer {
  /** Bytes from each peer, the most first. */
  readonly peers: readonly Share[];
  /** Bytes from the registry. */
  readonly registry: number;
}

/** Bytes from a peer. */
export interface Share {
  /** Address of the peer's pod. */
  readonly peer: string;
  readonly bytes: number;
}

/** The requests to peers in the log of a proxy. */
export function peerRequestsIn(log: string): PeerRequest[] {
  return log.split('\n').flatMap((line) => {
    const value = line.startsWith('{') ? parsed(line) : undefined;
    return isPeerRequest(value) ? [value] : [];
  });
}

/**
 * Where the bytes of layers came from. containerd may fetch a layer in pieces, and Spegel may ask two peers for the same bytes: no layer gets more
 * than it has.
 *
 * @param layers layers that arrived
 * @param requests requests to peers while they did
 */
export function originsOf(layers: readonly Layer[], requests: readonly PeerRequest[]): Origin[] {
  return layers.map((layer) => {
    const sums = new Map<string, number>();
    for (const { peer, bytes } of requests.filter(({ content }) => content === layer.digest)) {
      sums.set(peer, (sums.get(peer) ?? 0) + bytes);
    }
    let registry = layer.bytes;
    const peers = [...sums]
      .sort(([, a], [, b]) => b - a)
      .flatMap(([peer, sum]) => {
        const bytes = Math.min(sum, registry);
        registry -= bytes;
        return bytes > 0 ? [{ peer, bytes }] : [];
      });
    return { ...layer, peers, registry };
  });
}

function isPeerRequest(value: unknown): value is PeerRequest {
  return (
    isObject(value) &&
    typeof value.peer === 'string' &&
    (typeof value.content === 'string' || value.content === null) &&
    typeof value.connection === 'number' &&
    typeof value.status === 'number' &&
    typeof value.bytes === 'number' &&
    typeof value.flags === 'string' &&
    (typeof value.failure === 'string' || value.failure === null)
  );
}
