import type { CertificatePolicyProps } from '../../../src/mirror/props/certificate-policy-props';
import { envoyFile, kind, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';

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

  it.each(['certificate-peer', 'certificate-server', 'only-peer', 'only-node', 'only-metrics'])(
    'reads %s from this file',
    (name) => {
      expect(envoyFile(objects, fileOf(objects, name))).toMatchSnapshot();
    },
  );

  it('takes a changed SAN by another file, which the proxy reads at once', () => {
    const changed = objectsOf({
      ...minimal,
      authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' }, trustDomain: 'example.com' } },
    });
    for (const name of ['only-peer', 'only-node', 'only-metrics']) {
      expect(fileOf(changed, name)).not.toBe(fileOf(objects, name));
    }
  });

  it('asks for what the user wants of certificates', () => {
    const of = (certificates: CertificatePolicyProps) => {
      const mutualTls = { issuer: { caSecret: 'mirror-ca' }, certificates };
      return kind(objectsOf({ ...minimal, authentication: { mutualTls } }), 'Certificate').map(({ spec }) => [
        spec.duration,
        spec.renewBefore,
        spec.privateKey,
      ]);
    };
    const rotated = { rotationPolicy: 'Always' };
    const ecdsa = { algorithm: 'ECDSA', size: 256, ...rotated };
    const each = (...one: unknown[]) => [one, one, one];
    expect(of({})).toEqual(each('720h0m0s', '240h0m0s', ecdsa));
    expect(of({ duration: '24h' })).toEqual(each('24h0m0s', '8h0m0s', ecdsa));
    expect(of({ duration: '1h' })).toEqual(each('1h0m0s', '20m0s', ecdsa));
    expect(of({ duration: '9000h' })).toEqual(each('9000h0m0s', '240h0m0s', ecdsa));
    expect(of({ duration: '48h', renewBefore: '40h', keyAlgorithm: 'ECDSA-P384' })).toEqual(
      each('48h0m0s', '40h0m0s', { algorithm: 'ECDSA', size: 384, ...rotated }),
    );
    expect(of({ keyAlgorithm: 'RSA-3072' })).toEqual(
      each('720h0m0s', '240h0m0s', { algorithm: 'RSA', size: 3072, encoding: 'PKCS8', ...rotated }),
    );
  });

  it('asks for the subject that the issuer wants, with a common name for each identity; the identity stays the URI SAN', () => {
    const subject = {
      organizations: ['Example'],
      organizationalUnits: ['Platform'],
      countries: ['DE'],
      provinces: ['Berlin'],
      localities: ['Berlin'],
      streetAddresses: ['Unter den Linden 1'],
      postalCodes: ['10117'],
      serialNumber: '1234',
    };
    const certificatesOf = (certificates: CertificatePolicyProps) => {
      const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' }, certificates } };
      return objectsOf({ ...minimal, authentication, metrics: { from: [{ namespace: 'monitoring' }] } });
    };
    const objects = certificatesOf({ commonName: 'mirror.example.com', subject });
    const certificates = kind(objects, 'Certificate').map(({ spec }) => spec);
    expect(certificates.map(({ commonName }) => commonName)).toEqual(
      ['peer', 'node', 'server', 'metrics'].map((identity) => `${identity}.mirror.example.com`),
    );
    expect(certificates.map((spec) => spec.subject)).toEqual([subject, subject, subject, subject]);
    // Nothing else of a stack knows of it: neither SANs and usages, nor what Envoy and containerd check.
    const bare = objects.map((object) => {
      const { commonName: _, subject: __, ...spec } = object.spec ?? {};
      return object.kind === 'Certificate' ? { ...object, spec } : object;
    });
    expect(bare).toEqual(certificatesOf({}));
  });

  it('has common names of at most 64 bytes', () => {
    const mutualTls = { issuer: { caSecret: 'mirror-ca' }, certificates: { commonName: 'a'.repeat(56) } };
    const objects = objectsOf({
      ...minimal,
      authentication: { mutualTls },
      metrics: { from: [{ namespace: 'monitoring' }] },
    });
    const lengths = kind(objects, 'Certificate').map(({ spec }) => Buffer.byteLength(spec.commonName));
    expect(Math.max(...lengths)).toBe(64);
  });

  it('takes Secrets of the user, and asks cert-manager for nothing then', () => {
    const own = objectsOf({
      ...minimal,
      authentication: { mutualTls: { secrets: { peer: 'a', node: 'b', server: 'c' } } },
    });
    expect([...kind(own, 'Issuer'), ...kind(own, 'Certificate')]).toEqual([]);
    expect(secretsOf(own)).toEqual({
      'tls-peer': 'a',
      'tls-node': 'b',
      'tls-server': 'c',
      credential: 'mirror-credential',
      'metrics-credential': 'mirror-metrics-credential',
    });
    const files = (all: Manifest[]) => kind(all, 'ConfigMap').find((c) => c.metadata.name === 'mirror-auth-proxy').data;
    expect(files(own)).toEqual(files(objects));
  });

  it.each([
    [
      { configMap: 'bundle' },
      { configMap: { name: 'bundle', items: [{ key: 'ca.crt', path: 'ca.crt' }], optional: true } },
    ],
    [
      { secret: 'bundle', key: 'root-certs.pem' },
      {
        secret: {
          secretName: 'bundle',
          items: [{ key: 'root-certs.pem', path: 'ca.crt' }],
          defaultMode: 0o440,
          optional: true,
        },
      },
    ],
  ])('trusts a bundle of the user instead of the CA beside each certificate: %j', (trust, source) => {
    const mutualTls = { issuer: { caSecret: 'mirror-ca' }, trust };
    const own = objectsOf({ ...minimal, authentication: { mutualTls } });
    expect(podOf(own).volumes).toContainEqual({ name: 'trust', ...source });
    for (const name of ['only-peer', 'only-node', 'only-metrics']) {
      const context = envoyFile(own, fileOf(own, name)).resources[0].validation_context;
      expect(context.trusted_ca).toEqual({ filename: '/etc/secured-mirror/trust/..data/ca.crt' });
      expect(context.watched_directory).toEqual({ path: '/etc/secured-mirror/trust' });
    }
    const agent = podOf(own).containers.find((container: Manifest) => container.name === 'node-agent');
    expect(agent.env).toContainEqual({ name: 'MIRROR_TRUST_FOLDER', value: '/etc/secured-mirror/trust' });
  });
});

/** The file that begins so. */
function fileOf(all: Manifest[], name: string): string {
  const { data } = kind(all, 'ConfigMap').find(({ metadata }) => metadata.name === 'mirror-auth-proxy');
  return Object.keys(data).find((file) => file.startsWith(name)) ?? name;
}

function secretsOf(all: Manifest[]): { [volume: string]: string } {
  const volumes = podOf(all).volumes.filter(({ secret }: Manifest) => secret);
  return Object.fromEntries(volumes.map(({ name, secret }: Manifest) => [name, secret.secretName]));
}
