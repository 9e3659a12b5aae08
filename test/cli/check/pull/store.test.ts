import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layersOf } from '../../../../src/cli/check/pull/layers';
import { storeIn, storeProbe } from '../../../../src/cli/check/pull/store';
import { resolveStack } from '../../../../src/stack/resolve';
import { minimal } from '../../../support';
import { blobs, digestOf, index, layers } from './fake-pull';

const { mirror } = resolveStack(minimal as never);
const probe = storeProbe(mirror, 'w1', index);
const [container] = probe.spec.containers;

/** Runs the pod's script in a content store with these blobs. */
function printed(content: { readonly [digest: string]: string }, digest = index): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  try {
    const place = join(folder, 'blobs', 'sha256');
    mkdirSync(place, { recursive: true });
    for (const [name, text] of Object.entries(content)) writeFileSync(join(place, name.replace('sha256:', '')), text);
    const [bash = '', ...args] = storeProbe(mirror, 'w1', digest).spec.containers[0]?.command ?? [];
    const { status, stdout } = spawnSync(
      bash,
      args.map((arg) => arg.replace('/content', folder)),
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const layerBlobs = Object.fromEntries(layers.map(({ digest }, number) => [digest, 'x'.repeat(10 + number)]));

describe('the content store of a node', () => {
  it('is what the pod mounts, read-only', () => {
    expect(probe.node).toBe('w1');
    expect(probe.spec.volumes).toEqual([
      { name: 'content', hostPath: { path: mirror.paths.content, type: 'Directory' } },
    ]);
    expect(container?.volumeMounts).toEqual([{ name: 'content', mountPath: '/content', readOnly: true }]);
    expect(container?.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('has blobs, with their sizes, and the manifests of an image', () => {
    const store = storeIn({ store: printed({ ...blobs, ...layerBlobs }) });
    expect(layers.map(({ digest }) => store.sizes.get(digest))).toEqual([10, 11]);
    expect(layersOf(store, index, 'amd64')).toEqual(layers.map(({ digest, size }) => ({ digest, bytes: size })));
    expect(layersOf(store, index, 's390x')).toBeUndefined();
  });

  it('shows no configuration of an image, which may hold a secret', () => {
    const text = printed({ ...blobs, ...layerBlobs });
    const shown = text.split('\n').flatMap((line) => line.split(' ')[2] ?? []);
    expect(shown.map((part) => Buffer.from(part, 'base64').toString()).join()).not.toContain('planted');
    expect(shown).toHaveLength(2);
  });

  it('may have an image without an index', () => {
    const [, digest = ''] = Object.keys(blobs);
    const store = storeIn({ store: printed(blobs, digest) });
    expect(layersOf(store, digest, 'amd64')).toHaveLength(2);
  });

  it('may lack the image', () => {
    const store = storeIn({ store: printed(layerBlobs) });
    expect(store.sizes.size).toBe(2);
    expect(layersOf(store, index, 'amd64')).toBeUndefined();
    expect(storeIn({})).toEqual({ sizes: new Map(), documents: new Map() });
  });

  it('counts a layer once, however often an image has it', () => {
    const twice = JSON.stringify({ layers: [...layers, ...layers, { digest: 7 }, 'no layer'] });
    const store = storeIn({ store: printed({ [digestOf(twice)]: twice }, digestOf(twice)) });
    expect(layersOf(store, digestOf(twice), 'amd64')).toHaveLength(2);
  });
});
