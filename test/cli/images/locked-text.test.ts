import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deployedImages, IMAGE_KEYS } from '../../../src/cli/images/deployed';
import { type Lock, lockedText } from '../../../src/cli/images/locked-text';
import { clustersIn } from '../../../src/cli/images/stack';

const ROOT = resolve(__dirname, '../../..');
const digestOf = (image: string) => `sha256:${`${(IMAGE_KEYS as string[]).indexOf(image) + 1}`.repeat(64)}`;
const [SPEGEL, ENVOY, IPTABLES] = ['spegel', 'envoy', 'iptables'].map(digestOf);

/** Locks every image of some clusters, all of them unless they are named. */
function locked(
  text: string,
  names?: string[],
  digest = (lock: { image: string; cluster: string }) => digestOf(lock.image),
) {
  const all = clustersIn(text, 'stack.yaml');
  const clusters = all.filter(({ name }) => names?.includes(name) ?? true);
  const locks = clusters.flatMap(deployedImages).map((image): Lock => {
    return { ...image, tag: image.tag ?? '', digest: digest(image) };
  });
  return lockedText('stack.yaml', { text, all, clusters }, locks);
}

/** What comes with a file of one cluster. */
const stack = (more = '', end = '\n') => `# first
clusters:
  - name: one # its name
    registries: [ docker.io,  'ghcr.io' ]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}${more}${end}`;

/** Lines of one text that another one lacks, without their indentation. */
function difference(before: string, after: string): { gone: string[]; came: string[] } {
  const lines = (text: string) => text.split('\n').map((line) => line.trim());
  const [old, now] = [lines(before), lines(after)];
  return { gone: old.filter((line) => !now.includes(line)), came: now.filter((line) => !old.includes(line)) };
}

describe('digests in stack.yaml', () => {
  it('begin a block of their own, and leave each byte', () => {
    const text = stack('\n    # images: none yet\n\n# last');
    const mirror = 'caSecret: mirror-ca}}}\n';
    expect(locked(text)).toBe(
      text.replace(
        mirror,
        `${mirror}    images:
      spegel:
        tag: v0.7.3
        digest: ${SPEGEL}
      envoy:
        tag: v1.40.0
        digest: ${ENVOY}
      iptables:
        tag: v0.8.7
        digest: ${IPTABLES}
`,
      ),
    );
  });

  it('come to what is there in whatever form, and again with others', () => {
    const text = stack(`
    images:
      # ours
      envoy: 'r.example/envoy:v1'   # one text
      "spegel": { tag: '1.0', } # flow
      iptables: &anchor
        digest: "sha256:${'0'.repeat(64)}" # block
        tag: v2 # behind
    nodeReadiness: {apiServer: {addresses: [10.0.0.1/32]}}
    labels: {a: b}`);
    const after = locked(text);
    expect(difference(text, after)).toEqual({
      gone: [
        "envoy: 'r.example/envoy:v1'   # one text",
        `"spegel": { tag: '1.0', } # flow`,
        `digest: "sha256:${'0'.repeat(64)}" # block`,
      ],
      came: [
        `envoy: 'r.example/envoy:v1@${ENVOY}'   # one text`,
        `"spegel": { tag: '1.0', digest: ${SPEGEL}, } # flow`,
        `digest: "${IPTABLES}" # block`,
        'nodeReadinessReporter:',
        'tag: v0.5.0',
        `digest: ${digestOf('nodeReadinessReporter')}`,
      ],
    });
    const again = locked(after, undefined, () => `sha256:${'f'.repeat(64)}`);
    expect(again).toBe(after.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${'f'.repeat(64)}`));
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['no end of the last line', (text: string) => text.trimEnd()],
    ['a tag that YAML takes for a number', (text: string) => `${text}    images: {envoy: {tag: "1.40"}}\n`],
    ['images without keys', (text: string) => `${text}    images: {}\n`],
    ['a block text at the end', (text: string) => `${text}    annotations:\n      a: |\n        b\n\n\n`],
    [
      'a comment at the end',
      (text: string) => `${text}    # dns:
  # the end
`,
    ],
    ['JSON', (text: string) => `${JSON.stringify({ clusters: clustersIn(text, 'x') }, null, 2)}\n`],
    ['JSON in one line', (text: string) => JSON.stringify({ clusters: clustersIn(text, 'x') })],
  ])('come to a file with %s', (name, change) => {
    const text = change(stack());
    const after = locked(text);
    expect(
      clustersIn(after, 'x')
        .flatMap(deployedImages)
        .map(({ digest }) => digest),
    ).toEqual([SPEGEL, ENVOY, IPTABLES]);
    if (name.startsWith('JSON')) expect(JSON.parse(after)).toEqual(clustersInFile(after));
    if (name === 'CRLF') expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(after).toMatchSnapshot();
  });

  it.each([
    'stack.yaml',
    'examples/public-images/stack.yaml',
    'examples/many-clusters/stack.yaml',
    '.ci/manifests-stack.yaml',
  ])('change nothing else in %s', (file) => {
    const text = readFileSync(resolve(ROOT, file), 'utf8');
    const after = locked(text);
    const left = after
      .split('\n')
      .filter((line) => !/^ *(images|spegel|envoy|iptables|nodeReadinessReporter):$|^ *(tag|digest): /.test(line));
    const before = text
      .split('\n')
      .filter((line) => !/^ *(images|spegel|envoy|iptables|nodeReadinessReporter):$|^ *(tag|digest): /.test(line));
    expect(left).toEqual(before);
    expect(locked(after)).toBe(after);
  });
});

describe('digests of several clusters', () => {
  const two = (one = '', other = '') =>
    `${stack(one)}${stack(other).split('\n').slice(2).join('\n').replace('name: one', 'name: two')}`;

  it('are shared where their images are', () => {
    const text = two('\n    images: &images\n      registryPrefix: r.example/mirror', '\n    images: *images');
    const after = locked(text);
    expect(after.match(/digest: /g)).toHaveLength(3);
    expect(after).toContain('images: *images');
  });

  it.each(['images: *images', '<<: {images: *images}'])('are not, where their registries differ: %s', (second) => {
    const text = two('\n    images: &images\n      envoy: {tag: v1}', `\n    ${second}`);
    const digest = ({ cluster }: { cluster: string }) => `sha256:${(cluster === 'one' ? 'a' : 'b').repeat(64)}`;
    const message = /^stack.yaml: clusters\[0\].images.spegel: its digest cannot be written without/;
    expect(() => locked(text, undefined, digest)).toThrow(message);
  });

  it('go to the defaults, where clusters have no images of their own', () => {
    const [, cluster = ''] = stack().split('clusters:');
    const rest = `${cluster}${cluster.replace('name: one', 'name: two')}`;
    const text = `defaults:\n  platform: k3s # all\n\nclusters:${rest}`;
    const after = locked(text);
    expect(after.match(/digest: /g)).toHaveLength(3);
    expect(after.startsWith('defaults:\n  platform: k3s # all\n  images:\n    spegel:\n      tag: ')).toBe(true);
    expect(after.endsWith(`\n\nclusters:${rest}`)).toBe(true);
    expect(() => locked(text, ['one'])).toThrow(/clusters\[1\].images.spegel: its digest cannot be written/);
    const own = text.replace('\n    registries', '\n    images: {registryPrefix: r.example}\n    registries');
    expect(locked(own).match(/digest: /g)).toHaveLength(6);
    expect(locked(own, ['one'])).toContain('platform: k3s # all\n\nclusters:');
    const tags = text.replace('k3s # all', 'k3s\n  images: {envoy: {tag: v9}, iptables: "r.example/i:v8"}');
    expect(locked(tags)).toContain(
      `{envoy: {tag: v9, digest: ${ENVOY}}, iptables: "r.example/i:v8@${IPTABLES}", spegel:`,
    );
    const half = tags.replace('\n    registries', '\n    images: {envoy: {tag: v7}}\n    registries');
    expect(locked(half)).toContain(`    images: {envoy: {tag: v7, digest: ${ENVOY}}, spegel:`);
  });

  it('are not written where a cluster that was not chosen would get them too', () => {
    const text = two('\n    images: &images\n      envoy: {tag: v1}', '\n    images: *images');
    expect(() => locked(text, ['one'])).toThrow(/clusters\[1\].images.spegel: its digest cannot be written/);
    const apart = two('\n    images: {envoy: {tag: v1}}');
    expect(locked(apart, ['two'])).toContain(`images: {envoy: {tag: v1}}\n`);
  });
});

function clustersInFile(text: string): object {
  return { clusters: clustersIn(text, 'x') };
}
