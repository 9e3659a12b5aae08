import { askEntryOnce } from './entry-client';
import { environment } from './environment';
import { makeImage } from './image';
import { ACCEPT, inPodNetwork } from './load';
import { inNode } from './nodes';
import { pullOnce } from './pods';
import { blobPath, openRegistry, pushNew } from './registry';
import { run } from './run';
import type { MirrorPod } from './stack';

const LAYER = ['-H', `Accept: ${ACCEPT.layer}`];
/** All that a client of a registry may do with a blob. */
const WAYS = [LAYER, [...LAYER, '-r', '1-'], [...LAYER, '-I'], ['-I'], []];

/** A document with a media type of its own choice, which Spegel believes. */
const typed = (mediaType: string) => ({ schemaVersion: 2, mediaType });

/** The content type that a mirror's Spegel gets when it looks for a blob at the address of a peer. */
export async function contentType(mirror: MirrorPod, ip: string, path: string): Promise<string> {
  const head = await asSpegel(mirror, `http://${ip}:5000${path}`, '-H', 'X-Spegel-Mirrored: true');
  return /^content-type: (.*)\r$/im.exec(head)?.[1] ?? '';
}

/** The head of an answer to a HEAD in the network of a mirror's pod. */
export async function asSpegel(mirror: MirrorPod, url: string, ...options: string[]): Promise<string> {
  return inNode(mirror.node, ...(await inPodNetwork(mirror, 'curl', '-sS', '-m', '10', '-I', ...options, url)));
}

/** Asks a node's entry for something in all ways. Gives the statuses. */
export async function askInAllWays(node: string, path: string): Promise<number[]> {
  const answers = WAYS.map((way) => askEntryOnce(node, openRegistry().host, path, ...way));
  return (await Promise.all(answers)).map(({ status }) => status);
}

/** Asks a node's entry for a layer, with options of curl. Gives the status. */
export async function askForLayer(node: string, path: string, ...options: string[]): Promise<number> {
  return (await askEntryOnce(node, openRegistry().host, path, ...LAYER, ...options)).status;
}

/** Gives a node an image whose configuration has a media type of its own choice. Gives the path of the configuration. */
export async function forgedConfiguration(namespace: string, node: string, mediaType: string): Promise<string> {
  const image = await pushNew(openRegistry(), 1, 1024, { configuration: typed(mediaType) });
  await pullOnce(namespace, node, image.reference);
  return blobPath(image, 0);
}

/**
 * Gives a node an image whose manifest has a media type of its own choice: past the registry, which would not take it. Gives its paths: by
 * tag, by digest, and as if it were a blob.
 */
export async function forgedManifest(node: string, mediaType: string): Promise<string[]> {
  const { host } = openRegistry();
  const repository = `cluster-test/forged-${Date.now()}`;
  const annotations = { 'io.containerd.image.name': `${host}/${repository}:1` };
  const { archive, digest } = makeImage(1, 1024, { manifest: typed(mediaType), annotations });
  const ctr = ['ctr', '--namespace', 'k8s.io', 'images', 'import', '--no-unpack', '-'];
  await run([environment('CLUSTER_NODE_EXEC'), node, ...ctr], { input: archive });
  return ['manifests/1', `manifests/${digest}`, `blobs/${digest}`].map(
    (what) => `/v2/${repository}/${what}?ns=${host}`,
  );
}
