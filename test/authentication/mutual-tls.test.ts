import { envoyFile, kind, minimal, objectsOf, variants } from '../support';

const objects = objectsOf(minimal);

describe('mutual TLS', () => {
  it('has these certificates and this issuer', () => {
    expect([...kind(objects, 'Issuer'), ...kind(objects, 'Certificate')]).toMatchSnapshot();
  });

  it('asks the issuer that the user names, and makes none then', () => {
    const named = objectsOf(variants.everything ?? minimal);
    expect(kind(named, 'Issuer')).toEqual([]);
    for (const { spec } of kind(named, 'Certificate')) {
      expect(spec.issuerRef).toEqual({ name: 'org', kind: 'ClusterIssuer', group: 'cert-manager.io' });
      expect(spec.uris[0]).toMatch(/^spiffe:\/\/prod[.]example[.]com\/ns\/images\//);
    }
  });

  it('certifies the address at which containerd dials the entry', () => {
    const addresses = (props: typeof minimal) =>
      kind(objectsOf(props), 'Certificate').map(({ spec }) => spec.ipAddresses);
    expect(addresses(minimal)).toEqual([undefined, undefined, ['127.0.0.1']]);
    expect(addresses(variants.clusterIp ?? minimal)).toEqual([undefined, undefined, ['10.96.77.77']]);
  });

  it('gives scrapers a certificate only where there are some', () => {
    const names = (props: typeof minimal) => kind(objectsOf(props), 'Certificate').map((c) => c.metadata.name);
    expect(names(minimal)).not.toContain('mirror-metrics');
    expect(names(variants.everything ?? minimal)).toContain('mirror-metrics');
  });

  it.each(['certificate-peer', 'certificate-entry', 'only-peer', 'only-node', 'only-metrics'])(
    'reads %s from this file',
    (name) => {
      expect(envoyFile(objects, `${name}.json`)).toMatchSnapshot();
    },
  );
});
