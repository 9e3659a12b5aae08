import { isIPv4 } from 'node:net';
import Ajv from 'ajv';
import { stringify } from 'yaml';
import published from '../../src/schemas/stack.schema.json';
import type { ClusterProps } from '../../src/stack/cluster-props';
import { parseStackFile } from '../../src/stack/reader';
import { minimal } from '../support';

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const defaults = {
  registries: ['docker.io', 'ghcr.io'],
  authentication: { mutualTls },
  entry: { loopback: { port: 30022 } },
  limits: { requests: 100, connections: 1000 },
  nodeSelector: { pool: 'a', zone: 'b' },
  metrics: { from: [{ namespace: 'monitoring' }] },
};

const read = (given: object, ...clusters: object[]) =>
  parseStackFile(stringify({ defaults: given, clusters }, { aliasDuplicateObjects: false }), 'a file').clusters;
const only = (own: object, given: object = defaults) => read(given, { name: 'one', ...own })[0] as ClusterProps;

describe('a password alone in place of mutual TLS', () => {
  const basic = { credential: { secret: 'ours' } };
  const warnedOf = (authentication: object) =>
    parseStackFile(
      stringify({
        defaults: { registries: ['docker.io'], authentication: { mutualTls } },
        clusters: [{ name: 'a' }, { name: 'b', authentication }],
      }),
      'a file',
    ).warnings?.map(({ cluster }) => cluster);

  it('is told, of the cluster that chooses it', () => {
    expect(warnedOf({ basic })).toEqual(['b']);
    expect(warnedOf({ basic, mutualTls, present: 'basic' })).toBeUndefined();
    expect(warnedOf({ mutualTls })).toBeUndefined();
  });
});

describe('a cluster has the defaults of its file', () => {
  it('where it says nothing else', () => {
    expect(read(defaults, { name: 'one' }, { name: 'two' })).toEqual([
      { name: 'one', ...defaults },
      { name: 'two', ...defaults },
    ]);
  });

  it('merged with its own mappings, at every depth', () => {
    const cluster = only({ limits: { requests: 50 }, nodeSelector: { pool: 'c' } });
    expect(cluster.limits).toEqual({ requests: 50, connections: 1000 });
    expect(cluster.nodeSelector).toEqual({ pool: 'c', zone: 'b' });
  });

  it('but for lists, which it replaces', () => {
    expect(only({ registries: ['quay.io'] }).registries).toEqual(['quay.io']);
    expect(only({ metrics: { from: [{ namespace: 'own' }] } }).metrics).toEqual({ from: [{ namespace: 'own' }] });
  });

  it('but for what it takes away by nothing', () => {
    const cluster = only({ metrics: null, limits: { requests: null } });
    expect(Object.hasOwn(cluster, 'metrics')).toBe(false);
    expect(cluster.limits).toEqual({ connections: 1000 });
  });

  it.each<[string, object, keyof ClusterProps, object]>([
    ['an entry', { entry: { clusterIp: { address: '10.96.0.9' } } }, 'entry', { clusterIp: { address: '10.96.0.9' } }],
    [
      'a method',
      { authentication: { basic: { credential: { secret: 'ours' } } }, metrics: null },
      'authentication',
      { basic: { credential: { secret: 'ours' } } },
    ],
    [
      'an issuer',
      { authentication: { mutualTls: { issuer: { ref: { name: 'ours' } } } } },
      'authentication',
      { mutualTls: { issuer: { ref: { name: 'ours' } } } },
    ],
    [
      'certificates of its own',
      { authentication: { mutualTls: { secrets: { peer: 'ours' } } } },
      'authentication',
      { mutualTls: { secrets: { peer: 'ours' } } },
    ],
  ])('but for the alternatives of %s that it names', (_, own, key, expected) => {
    expect(only(own)[key]).toEqual(expected);
  });

  it('with both methods, where it names both', () => {
    const basic = { credential: { secret: 'ours' } };
    const authentication = { mutualTls: {}, basic, present: 'mutualTls' };
    expect(only({ authentication, metrics: null }).authentication).toEqual({ mutualTls, basic, present: 'mutualTls' });
  });

  it('and the choice of what to present goes with the method that it leaves', () => {
    const both = { mutualTls, basic: { credential: { secret: 'ours' } }, present: 'basic' };
    const cluster = only({ authentication: { mutualTls: {} } }, { ...defaults, authentication: both });
    expect(cluster.authentication).toEqual({ mutualTls });
  });
});

describe('keys that begin with x-', () => {
  it('hold anchors, and are no settings', () => {
    const text = `x-common: &common
  registries: [docker.io]
  authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
x-anything: [1, {any: thing}]
clusters:
  - <<: *common
    name: one
  - {name: two, <<: *common, registries: [quay.io]}
`;
    const { authentication } = minimal;
    expect(parseStackFile(text, 'a file')).toEqual({
      clusters: [
        { name: 'one', registries: ['docker.io'], authentication },
        { name: 'two', registries: ['quay.io'], authentication },
      ],
    });
  });

  it('may be merged by thousands of clusters', () => {
    const clusters = Array.from({ length: 2000 }, (_, index) => `  - {name: c${index}, <<: *common}\n`).join('');
    const common = 'x-common: &common {registries: [docker.io], authentication: {mutualTls: {issuer: {caSecret: ca}}}}';
    expect(parseStackFile(`${common}\nclusters:\n${clusters}`, 'a file').clusters).toHaveLength(2000);
  });
});

describe('the schema for editors', () => {
  const isRight = new Ajv({ strictTypes: false })
    .addVocabulary(['patternErrorMessage', 'refusedKeys'])
    .addFormat('ipv4', isIPv4)
    .compile(published);
  const cluster = { name: 'one', registries: ['docker.io'], authentication: { mutualTls } };

  it.each<[string, object, boolean]>([
    ['clusters by themselves', { clusters: [cluster] }, true],
    ['a cluster without what it needs', { clusters: [{ name: 'one' }] }, false],
    ['a cluster with defaults', { defaults, clusters: [{ name: 'one' }] }, true],
    [
      'parts of mappings in both',
      { defaults: { authentication: { mutualTls: { issuer: {} } } }, clusters: [cluster] },
      true,
    ],
    ['a cluster without a name', { defaults, clusters: [{}] }, false],
    ['a default that is no key', { defaults: { replicas: 5 }, clusters: [cluster] }, false],
    ['a name in defaults', { defaults: { name: 'one' }, clusters: [cluster] }, false],
    ['keys of the user', { 'x-own': [{ a: 1 }], clusters: [cluster] }, true],
    ['other keys', { own: {}, clusters: [cluster] }, false],
  ])('knows %s', (_, value, right) => {
    expect(isRight(value)).toBe(right);
  });
});
