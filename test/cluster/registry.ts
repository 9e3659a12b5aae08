import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './environment';
import { type Documents, makeImage, type TestImage } from './image';
import { run, sleep } from './run';

/** A registry of the cluster. */
export interface Registry {
  /** Its host name, as nodes pull from it. */
  readonly host: string;
  /** Its access log. */
  readonly log: string;
}

/** The registry without a password. */
export function openRegistry(): Registry {
  return { host: environment('CLUSTER_REGISTRY'), log: environment('CLUSTER_REGISTRY_LOG') };
}

/** The registry with a password. */
export function privateRegistry(): Registry {
  return { host: environment('CLUSTER_PRIVATE_REGISTRY'), log: environment('CLUSTER_PRIVATE_REGISTRY_LOG') };
}

/** An image in a registry. */
export interface PushedImage extends TestImage {
  readonly registry: Registry;
  /** Its repository, which no other image has. */
  readonly repository: string;
  /** Its reference by tag. */
  readonly reference: string;
  /** Its reference by digest. */
  readonly byDigest: string;
}

/** Makes an image and pushes it. */
export async function pushNew(
  registry: Registry,
  layers = 3,
  layerBytes = 65_536,
  more: Documents = {},
): Promise<PushedImage> {
  const image = makeImage(layers, layerBytes, more);
  const repository = `cluster-test/${randomBytes(8).toString('hex')}`;
  const reference = `${registry.host}/${repository}:1`;
  const folder = mkdtempSync(join(tmpdir(), 'cluster-image-'));
  try {
    writeFileSync(join(folder, 'image.tar'), image.archive);
    await run([environment('CLUSTER_PUSH_IMAGE'), join(folder, 'image.tar'), reference]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { ...image, registry, repository, reference, byDigest: `${registry.host}/${repository}@${image.digest}` };
}

/** The path of a blob of an image, as containerd asks a mirror for it. The first one is its configuration. */
export function blobPath(image: PushedImage, index: number): string {
  return `/v2/${image.repository}/blobs/${image.blobs[index]}?ns=${image.registry.host}`;
}

/** A request in an access log. */
export interface Request {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
}

/** Requests for an image. */
export interface Requests {
  readonly blobs: Request[];
  readonly manifests: Request[];
}

/** What a registry was asked for an image from now on: gives a function that counts. */
export function watch(image: PushedImage): () => Promise<Requests> {
  const start = statSync(image.registry.log).size;
  return async () => {
    await sleep(500); // the log is written after the answer
    const requests = parse(readFrom(image.registry.log, start)).filter((r) =>
      r.path.startsWith(`/v2/${image.repository}/`),
    );
    return {
      blobs: requests.filter((r) => r.path.includes('/blobs/')),
      manifests: requests.filter((r) => r.path.includes('/manifests/')),
    };
  };
}

/** Bytes that requests got. */
export function bytesOf(requests: Request[]): number {
  return requests.reduce((sum, r) => sum + (r.method === 'GET' && r.status < 300 ? r.bytes : 0), 0);
}

function readFrom(file: string, start: number): string {
  const size = statSync(file).size;
  const buffer = Buffer.alloc(Math.max(0, size - start));
  const handle = openSync(file, 'r');
  try {
    readSync(handle, buffer, 0, buffer.length, start);
  } finally {
    closeSync(handle);
  }
  return buffer.toString();
}

function parse(log: string): Request[] {
  const line = /^(\S+) \S+ \S+ \[[^\]]*\] "(\S+) (\S+) [^"]*" (\d{3}) (\d+|-)/gm;
  return [...log.matchAll(line)].map(([, client = '', method = '', path = '', status, bytes]) => ({
    client,
    method,
    path,
    status: Number(status),
    bytes: bytes === '-' ? 0 : Number(bytes),
  }));
}
