/** What Spegel takes a request for. */
export interface Reading {
  readonly kind: 'manifests' | 'blobs';
  readonly registry: string;
  readonly repository: string;
  readonly reference: string;
}

// As in Spegel v0.7.3, pkg/oci/distribution.go: searched for anywhere in the path, and in this order.
const repository = '([a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:\\/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)';
const manifestByTag = new RegExp(`/v2/${repository}/manifests/([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})$`);
const manifestByDigest = new RegExp(`/v2/${repository}/manifests/(.*)`);
const blob = new RegExp(`/v2/${repository}/blobs/(.*)`);
const digest = /^sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/;

/** Reads a request as Spegel does: what content it would answer with, or undefined when it refuses. */
export function readBySpegel(url: string): Reading | undefined {
  const { pathname, searchParams } = new URL(url, 'http://spegel');
  const path = decodeURIComponent(pathname);
  const registry = searchParams.get('ns') ?? '';
  const reading = (kind: Reading['kind'], [, name = '', reference = '']: string[]): Reading => {
    return { kind, registry, repository: name, reference };
  };
  const tagged = path.match(manifestByTag);
  if (tagged) {
    return registry === '' ? undefined : reading('manifests', tagged);
  }
  const manifest = path.match(manifestByDigest);
  const found = manifest ?? path.match(blob);
  return found && digest.test(found[2] ?? '') ? reading(manifest ? 'manifests' : 'blobs', found) : undefined;
}
