import { restricted } from '../../../../imports/pod-security';
import type { ResolvedMirror } from '../../../mirror/resolved';
import type { ProbePod } from '../../probe/probes';
import { isObject, type JsonObject, parsed } from '../../shared/json';

/** What a node's content store has. */
export interface Store {
  /** Bytes of each blob, by digest. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The index or manifest that was asked for, and the manifests of an index, by digest. */
  readonly documents: ReadonlyMap<string, JsonObject>;
}

const CONTAINER = 'store';

const CONTENT = '/content';

/**
 * Prints the size of every blob, and the document $1 with the manifests that it lists. It prints no image's configuration, which may
 * hold secrets.
 */
const SCRIPT = `
cd ${CONTENT}/blobs/sha256 || exit
du -ab .
show() { [[ ! -f $1 ]] || { printf 'document %s ' "$1" && base64 -w 0 "$1" && echo; }; }
show "$1"
[[ -f $1 ]] && grep -q '"manifests"' "$1" || exit 0
for digest in $(grep -o 'sha256:[0-9a-f]*' "$1" | cut -d : -f 2 | sort -u); do show "$digest"; done
`;

const SIZE = /^(\d+)\t\.\/([0-9a-f]{64})$/;
const DOCUMENT = /^document ([0-9a-f]{64}) ([A-Za-z0-9+/=]+)$/;

/**
 * A pod that reads a node's content store.
 *
 * @param mirror the settings: its image with a shell, and where the store is
 * @param node the node
 * @param digest the image's index or manifest
 */
export function storeProbe({ images, paths }: ResolvedMirror, node: string, digest: string): ProbePod {
  return {
    purpose: 'store',
    node,
    spec: {
      containers: [
        {
          name: CONTAINER,
          image: images.envoy,
          command: ['bash', '-c', SCRIPT, CONTAINER, hexOf(digest)],
          // The store is root's.
          securityContext: restricted(0),
          volumeMounts: [{ name: 'content', mountPath: CONTENT, readOnly: true }],
        },
      ],
      volumes: [{ name: 'content', hostPath: { path: paths.content, type: 'Directory' } }],
    },
  };
}

/** What the pod found. */
export function storeIn(logs: { readonly [container: string]: string }): Store {
  const sizes = new Map<string, number>();
  const documents = new Map<string, JsonObject>();
  for (const line of (logs[CONTAINER] ?? '').split('\n')) {
    const [, bytes, blob] = SIZE.exec(line) ?? [];
    if (blob !== undefined) sizes.set(`sha256:${blob}`, Number(bytes));
    const [, hex, text = ''] = DOCUMENT.exec(line) ?? [];
    const document = parsed(Buffer.from(text, 'base64').toString());
    if (hex !== undefined && isObject(document)) documents.set(`sha256:${hex}`, document);
  }
  return { sizes, documents };
}

function hexOf(digest: string): string {
  return digest.replace(/^sha256:/, '');
}
