import { randomBytes } from 'node:crypto';
import type { Answer } from './client';
import { CouldNotAsk } from './failure';
import { digestOf } from './manifest';
import type { Refusal, Repository } from './repository';

/** The result of a push: a refusal; or the artefact is deleted again, or left under a tag. */
export type Probe =
  | { readonly kind: Refusal }
  | { readonly kind: 'deleted'; readonly tag: string }
  /** `may`: whether deleting was refused to this token, or the registry deletes nothing at all. */
  | { readonly kind: 'left'; readonly tag: string; readonly may: 'no' | 'unknown' };

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY = '{}';

/**
 * Pushes a tiny artefact under a tag of its own, and deletes it again.
 *
 * @param repository the repository
 * @throws CouldNotAsk when the registry neither takes nor refuses it
 */
export async function pushProbe(repository: Repository): Promise<Probe> {
  const upload = await repository.upload();
  if (!(upload instanceof URL)) return { kind: upload };
  upload.searchParams.set('digest', digestOf(EMPTY));
  const headers = { 'content-type': 'application/octet-stream' };
  const blob = await repository.askAt(upload, { method: 'PUT', headers, body: EMPTY, finishes: true });
  if (isRefused(blob)) return { kind: 'refused' };
  expectCreated(blob, repository, 'blob');
  const name = randomBytes(6).toString('hex');
  const tag = `secure-mirror-probe-${name}`;
  const text = manifestOf(name);
  const manifest = await repository.ask(`manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': MANIFEST },
    body: text,
    finishes: true,
  });
  if (isRefused(manifest)) return { kind: 'refused' };
  expectCreated(manifest, repository, 'manifest');
  const gone = await repository.ask(`manifests/${digestOf(text)}`, { method: 'DELETE', finishes: true });
  if (gone.status === 202 || gone.status === 200 || gone.status === 204) return { kind: 'deleted', tag };
  return { kind: 'left', tag, may: isRefused(gone) ? 'no' : 'unknown' };
}

/** The name makes each manifest another, so that deleting it takes no other away. */
function manifestOf(name: string): string {
  const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf(EMPTY), size: EMPTY.length };
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: 'application/vnd.secure-mirror.probe',
    config: empty,
    layers: [empty],
    annotations: { 'org.opencontainers.image.title': `probe ${name} of secure-mirror tokens verify, may be deleted` },
  });
}

function isRefused({ status }: Answer): boolean {
  return status === 401 || status === 403;
}

function expectCreated({ status }: Answer, { name }: Repository, what: string): void {
  if (status !== 201) throw new CouldNotAsk(`the registry answers ${status} to the ${what} of a push to ${name}`);
}
