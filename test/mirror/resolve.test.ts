import { resolveMirror } from '../../src/mirror/resolve';
import { minimal, variants } from '../support';

describe('resolveMirror', () => {
  it('gives every setting a value', () => {
    expect(resolveMirror(minimal)).toMatchSnapshot();
  });

  it('takes the values that are given', () => {
    expect(resolveMirror(variants.everything ?? minimal)).toMatchObject({
      namespace: 'images',
      entry: { kind: 'loopback', port: 31000 },
      limits: { connectionsPerSource: 100, connections: 5000, requests: 200, servedMebibytesPerSecond: 50 },
      network: { policies: true, dnsPreset: 'gke-node-local-dns' },
      authentication: { mutualTls: { trustDomain: 'prod.example.com', issuer: { ref: { kind: 'ClusterIssuer' } } } },
    });
  });

  it('changes nothing in the settings', () => {
    const settings = structuredClone(variants.everything ?? minimal);
    resolveMirror(settings);
    expect(settings).toEqual(variants.everything);
  });
});
