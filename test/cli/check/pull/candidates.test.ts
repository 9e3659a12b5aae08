import { candidates, isListed } from '../../../../src/cli/check/pull/candidates';
import { digestOf, nodeWith } from './fake-pull';

const image = (name: string, sizeBytes = 20e6) => ({
  names: [`${name}@${digestOf(name)}`, `${name}:1`],
  sizeBytes,
});
const app = image('ghcr.io/team/app');
const found = (...[nodes, registries = ['_default'], wanted]: Partial<Parameters<typeof candidates>>) =>
  candidates(nodes ?? [], registries, wanted).map(({ name, source, target }) => `${name}: ${source} to ${target}`);

describe('an image to pull as a proof', () => {
  it('is one that a node has and another lacks, by its digest', () => {
    const nodes = [nodeWith('w1', [app, image('ghcr.io/team/both')]), nodeWith('w2', [image('ghcr.io/team/both')])];
    expect(candidates(nodes, ['ghcr.io'])).toMatchObject([
      {
        reference: `ghcr.io/team/app@${digestOf('ghcr.io/team/app')}`,
        name: 'ghcr.io/team/app:1',
        registry: 'ghcr.io',
        digest: digestOf('ghcr.io/team/app'),
        source: 'w1',
        target: 'w2',
        architecture: 'amd64',
      },
    ]);
  });

  it('is no image that the other node has under another name', () => {
    const copy = { names: [`quay.io/copy@${digestOf('ghcr.io/team/app')}`], sizeBytes: 20e6 };
    expect(found([nodeWith('w1', [app]), nodeWith('w2', [copy])])).toEqual([]);
  });

  it('is of a registry that the stack mirrors', () => {
    const nodes = [nodeWith('w1', [app]), nodeWith('w2')];
    expect(found(nodes, ['docker.io'])).toEqual([]);
    expect(found(nodes, ['docker.io', '_default'])).toHaveLength(1);
  });

  it('is the smallest one of 1 to 200 MB', () => {
    const sizes = { small: 999_999, some: 50e6, few: 1e6, most: 200e6, many: 200e6 + 1 };
    const images = Object.entries(sizes).map(([name, size]) => image(`ghcr.io/${name}`, size));
    expect(found([nodeWith('w1', images), nodeWith('w2')])).toEqual([
      'ghcr.io/few:1: w1 to w2',
      'ghcr.io/some:1: w1 to w2',
      'ghcr.io/most:1: w1 to w2',
    ]);
  });

  it('goes between nodes that are ready and of one architecture', () => {
    const arm = nodeWith('w2', [], { architecture: 'arm64' });
    const gone = nodeWith('w3', [], { ready: false });
    expect(found([nodeWith('w1', [app]), arm, gone])).toEqual([]);
    expect(found([nodeWith('w1', [app], { ready: false }), nodeWith('w2')])).toEqual([]);
    expect(found([nodeWith('w1', [app]), arm, gone, nodeWith('w4')])).toEqual(['ghcr.io/team/app:1: w1 to w4']);
  });

  it('has a registry: one that a node imported by tag alone has none', () => {
    const imported = { names: ['docker.io/library/local:1'], sizeBytes: 20e6 };
    expect(
      found([
        nodeWith('w1', [imported, { names: [], sizeBytes: 20e6 }, { names: null, sizeBytes: 20e6 }, {}]),
        nodeWith('w2'),
      ]),
    ).toEqual([]);
  });

  it('has the tag that any node knows', () => {
    const byDigest = { ...app, names: app.names.slice(0, 1) };
    const nodes = [nodeWith('w1', [byDigest]), nodeWith('w2', [app]), nodeWith('w3')];
    expect(found(nodes)).toEqual(['ghcr.io/team/app:1: w1 to w3']);
    expect(candidates([nodeWith('w1', [byDigest]), nodeWith('w3')], ['_default'])[0]?.name).toBe(app.names[0]);
  });

  describe('that the user names', () => {
    const huge = image('docker.io/library/huge', 5e9);
    const nodes = [nodeWith('w1', [app, huge]), nodeWith('w2')];

    it.each(['huge:1', `huge@${digestOf('docker.io/library/huge')}`, 'docker.io/library/huge:1'])('%s', (wanted) => {
      expect(found(nodes, ['_default'], wanted)).toEqual(['docker.io/library/huge:1: w1 to w2']);
      expect(isListed(nodes, wanted)).toBe(true);
    });

    it.each(['huge', 'huge:2', `app@${digestOf('docker.io/library/huge')}`])('not %s', (wanted) => {
      expect(found(nodes, ['_default'], wanted)).toEqual([]);
      expect(isListed(nodes, wanted)).toBe(false);
    });

    it('by the one of its names that the user means', () => {
      const names = [...app.names, `quay.io/copy@${digestOf('ghcr.io/team/app')}`, 'quay.io/copy:1'];
      const twice = [nodeWith('w1', [{ names, sizeBytes: 20e6 }]), nodeWith('w2')];
      expect(candidates(twice, ['_default'], 'quay.io/copy:1')).toMatchObject([{ registry: 'quay.io' }]);
    });
  });
});
