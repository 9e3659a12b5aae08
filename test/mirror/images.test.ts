import { imageReferences, pinned } from '../../src/mirror/images';

const digest = `sha256:${'0'.repeat(64)}`;

describe('images', () => {
  it('are pinned by version', () => {
    expect(imageReferences()).toMatchSnapshot();
    for (const { tag } of Object.values(pinned)) {
      expect(tag).toMatch(/^v\d+[.]\d+[.]\d+$/);
    }
  });

  it('come from another registry where one is given', () => {
    expect(imageReferences({ registryPrefix: 'reg.example.com:5000/mirror' })).toEqual({
      spegel: `reg.example.com:5000/mirror/spegel-org/spegel:${pinned.spegel.tag}`,
      envoy: `reg.example.com:5000/mirror/envoyproxy/envoy:${pinned.envoy.tag}`,
      iptables: `reg.example.com:5000/mirror/build-image/distroless-iptables:${pinned.iptables.tag}`,
      nodeReadinessReporter: `reg.example.com:5000/mirror/node-readiness-controller/node-readiness-reporter:${pinned.nodeReadinessReporter.tag}`,
    });
  });

  it('take a name, a tag and a digest of the user’s', () => {
    const spegel = (own: object) => imageReferences({ spegel: own }).spegel;
    expect(spegel({ repository: 'r.io/s' })).toBe(`r.io/s:${pinned.spegel.tag}`);
    expect(spegel({ tag: 'v9' })).toBe('ghcr.io/spegel-org/spegel:v9');
    expect(spegel({ digest })).toBe(`ghcr.io/spegel-org/spegel@${digest}`);
    expect(spegel({ tag: 'v9', digest })).toBe(`ghcr.io/spegel-org/spegel:v9@${digest}`);
  });
});
