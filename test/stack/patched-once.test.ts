import { jsonText } from '../../src/mirror/envoy/json-text';
import { parseStackFile } from '../../src/stack/reader';
import { makeClusters } from '../../src/stack/synth';

jest.mock('../../src/mirror/envoy/json-text', () => {
  const { jsonText } = jest.requireActual('../../src/mirror/envoy/json-text');
  return { jsonText: jest.fn(jsonText) };
});

const texts = jest.mocked(jsonText);
const DAY = '2026-01-01';

/** How many of Envoy's files are written while a file with a patch is read, and then while manifests are made of it. */
function written(kind: string, name: string): [number, number] {
  texts.mockClear();
  const patches = `patches: [{target: {kind: ${kind}, name: ${name}}, patch: [{op: add, path: /metadata/labels/a, value: b}]}]`;
  const cluster = '{name: one, registries: [docker.io], authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}}';
  const { clusters } = parseStackFile(`defaults: {${patches}}\nclusters: [${cluster}]\n`, 'stack.yaml', DAY);
  const read = texts.mock.calls.length;
  expect([...makeClusters(clusters, DAY, 'stack.yaml')]).toHaveLength(1);
  return [read, texts.mock.calls.length - read];
}

describe('the files of Envoy, which take two fifths of the time in which the objects are made', () => {
  it('are written once for a cluster with patches of other objects', () => {
    const [read, made] = written('DaemonSet', 'mirror');
    expect(read).toBe(0);
    expect(made).toBeGreaterThan(2);
  });

  it('are there for patches of their own object', () => {
    expect(written('ConfigMap', 'mirror-auth-proxy')[0]).toBeGreaterThan(2);
  });
});
