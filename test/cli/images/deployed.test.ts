import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deployedImages, tagged } from '../../../src/cli/images/deployed';
import { type Lock, lockedText } from '../../../src/cli/images/locked-text';
import { clustersIn } from '../../../src/cli/images/stack';
import { rows } from '../../../src/cli/verify/rows';
import type { ClusterProps } from '../../../src/stack/cluster-props';
import { objectsOf } from '../../support';
import { attackOn, TARGET } from '../verify/fake-target';

const ROOT = resolve(__dirname, '../../..');
const FILES = [
  'stack.yaml',
  'examples/public-images/stack.yaml',
  'examples/many-clusters/stack.yaml',
  '.ci/manifests-stack.yaml',
];

/** Images of the containers in a cluster's DaemonSet. */
function used(cluster: ClusterProps): string[] {
  const mirror = objectsOf(cluster).find(({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === 'mirror');
  const { containers, initContainers } = mirror?.spec.template.spec ?? {};
  return [...initContainers, ...containers].map(({ image }: { image: string }) => image);
}

describe('the images that a stack deploys', () => {
  it.each(FILES)('are the ones of its pods: %s', (file) => {
    for (const cluster of clustersIn(readFileSync(resolve(ROOT, file), 'utf8'), file)) {
      const images = deployedImages(cluster);
      expect(images.map(({ reference }) => reference).sort()).toEqual([...new Set(used(cluster))].sort());
      for (const image of images) expect(image.reference.startsWith(tagged(image))).toBe(true);
    }
  });

  it('have digests once they are locked, so that neither checkov (CKV_K8S_43) nor verify (T18) finds a tag', async () => {
    const text = readFileSync(resolve(ROOT, 'stack.yaml'), 'utf8');
    const all = clustersIn(text, 'stack.yaml');
    const locks = all.flatMap(deployedImages).map((image): Lock => {
      return { ...image, tag: image.tag ?? '', digest: `sha256:${'a'.repeat(64)}` };
    });
    const [cluster] = clustersIn(lockedText('stack.yaml', { text, all, clusters: all }, locks), 'stack.yaml');
    const images = used(cluster as ClusterProps);
    expect(images.filter((image) => !/^[^@]+:v[^@]+@sha256:a{64}$/.test(image))).toEqual([]);
    const row = rows.find(({ name }) => name === 'T18');
    const attack = (images: string[]) =>
      row?.run(attackOn({ target: { ...TARGET, pods: [{ ...TARGET.pods[0], images } as never] } }));
    expect(await attack(images)).toMatchObject([{ level: 'ok' }]);
    expect(await attack(used(all[0] as ClusterProps))).toMatchObject([
      {
        level: 'warning',
        fix: expect.stringMatching(/^write their digests to stack.yaml: .*secure-mirror.* images lock$/),
      },
    ]);
  });
});
