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

  it('lets the mirror run on a node that waits for it, whatever else it tolerates', () => {
    const own = { key: 'dedicated', operator: 'Exists' as const };
    const settings = { ...minimal, tolerations: [own], nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'] } } };
    expect(resolveMirror(settings)).toMatchObject({
      tolerations: [own, { key: 'readiness.k8s.io/secured-mirror', operator: 'Exists', effect: 'NoSchedule' }],
      nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'], port: 6443 }, dryRun: false },
    });
    expect(resolveMirror({ ...settings, nodeReadiness: undefined }).tolerations).toEqual([own]);
  });

  it('changes nothing in the settings', () => {
    const settings = structuredClone(variants.everything ?? minimal);
    resolveMirror(settings);
    expect(settings).toEqual(variants.everything);
  });
});
