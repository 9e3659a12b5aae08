import fc, { type Arbitrary } from 'fast-check';
import type { AuthenticationProps } from '../../src/mirror/props/authentication-props';
import type { BasicProps } from '../../src/mirror/props/basic-props';
import type { CertificatePolicyProps } from '../../src/mirror/props/certificate-policy-props';
import type { CertificateSubjectProps } from '../../src/mirror/props/certificate-subject-props';
import type { IssuerProps } from '../../src/mirror/props/issuer-props';
import type { MutualTlsProps } from '../../src/mirror/props/mutual-tls-props';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { dnsLabel, dnsName, host, pods, some } from './arbitrary-settings';

/** Names of one use: no Secret is used for two things. */
const nameOf = (use: string) => dnsName().map((name) => `${use}.${name}`);

/** Every mode: each way alone, both with either presented, and the permissive. */
export function authentication(): Arbitrary<AuthenticationProps> {
  const present = fc.constantFrom('basic' as const, 'mutualTls' as const);
  return fc.oneof(
    fc.record({ mutualTls: mutualTls() }),
    fc.record({ basic: basic() }),
    fc.record({ mutualTls: mutualTls(), basic: basic(), present }),
    fc.record({ mutualTls: mutualTls(), permissive: fc.boolean() }),
  );
}

/** Settings of a cluster without those that its mode refuses, and with those that its mode needs. */
export function fitted(cluster: SecuredStackProps): SecuredStackProps {
  const { entry, network, metrics, monitoring, ...fitting } = cluster;
  const { dashboard, ...watching } = monitoring ?? {};
  const { mutualTls, basic, permissive } = cluster.authentication;
  const { credentialSecret, ...scrapers } = metrics ?? { from: [{ namespace: 'monitoring' }] };
  const needed = basic && mutualTls === undefined ? 'scrapers' : undefined;
  const credential = basic ? (credentialSecret ?? needed) : undefined;
  return {
    ...fitting,
    ...(entry && !(permissive && entry.clusterIp) && { entry }),
    ...(network && !(basic && network.policies === false) && { network }),
    ...(monitoring && { monitoring: metrics && watching.rules ? monitoring : watching }),
    ...(metrics && { metrics: { ...scrapers, ...(credential && { credentialSecret: credential }) } }),
  };
}

/** Scrapers, with a credential or without. */
export function metrics(): Arbitrary<NonNullable<SecuredStackProps['metrics']>> {
  const from = fc.array(pods(), { minLength: 1, maxLength: 2 });
  return fc.record({ from, credentialSecret: nameOf('scrapers') }, { requiredKeys: ['from'] });
}

function mutualTls(): Arbitrary<MutualTlsProps> {
  const key = fc.stringMatching(/^\.?[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,20}$/);
  const trust = fc.oneof(
    fc.record({ configMap: dnsName(), key }, { requiredKeys: ['configMap'] }),
    fc.record({ secret: nameOf('trust'), key }, { requiredKeys: ['secret'] }),
  );
  const secrets = fc.record({ peer: nameOf('peer'), node: nameOf('node'), server: nameOf('server') }, some);
  return fc.oneof(
    fc.record({ issuer: issuer(), certificates: certificates(), trust }, { requiredKeys: ['issuer'] }),
    fc.record({ secrets, trust }, { requiredKeys: ['secrets'] }),
  );
}

function issuer(): Arbitrary<IssuerProps> {
  return fc.oneof(
    fc.record({ caSecret: nameOf('ca') }),
    fc.record({ ref: fc.record({ name: dnsName() }) }),
    fc.record({ ref: fc.record({ name: dnsName(), kind: fc.constantFrom('Issuer', 'ClusterIssuer') }) }),
    fc.record({ ref: fc.record({ name: dnsName(), kind: fc.constant('VaultIssuer'), group: host() }) }),
  );
}

function certificates(): Arbitrary<CertificatePolicyProps> {
  const keyAlgorithm = fc.constantFrom(
    'ECDSA-P256' as const,
    'ECDSA-P384' as const,
    'RSA-2048' as const,
    'RSA-3072' as const,
    'RSA-4096' as const,
  );
  const hours = (max: number) => fc.integer({ min: 1, max }).map((number) => `${number}h`);
  return fc.oneof(
    fc.record({ duration: hours(999_999), keyAlgorithm }, some),
    fc.record({ commonName: dnsLabel().filter((name) => name.length <= 56), subject: subject() }, some),
    fc.record({ renewBefore: hours(719), keyAlgorithm }, { requiredKeys: ['renewBefore'] }),
    fc.integer({ min: 2, max: 999_999 }).chain((duration) => {
      return fc.record({ duration: fc.constant(`${duration}h`), renewBefore: hours(duration - 1) });
    }),
  );
}

function subject(): Arbitrary<CertificateSubjectProps> {
  const text = fc.stringMatching(/^[A-Za-z][-A-Za-z0-9 .,&]{0,30}$/);
  const list = fc.uniqueArray(text, { minLength: 1, maxLength: 2 });
  const countries = fc.uniqueArray(fc.stringMatching(/^[A-Z]{2}$/), { minLength: 1, maxLength: 2 });
  return fc.record(
    { organizations: list, organizationalUnits: list, countries, streetAddresses: list, serialNumber: text },
    some,
  );
}

function basic(): Arbitrary<BasicProps> {
  const property = fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/);
  const externalSecret = fc.record(
    {
      store: dnsName(),
      storeKind: fc.constantFrom('SecretStore' as const, 'ClusterSecretStore' as const),
      key: fc.stringMatching(/^[a-z]([-a-z0-9/._ :#"']{0,20}[a-z0-9])?$/),
      usernameProperty: property,
      passwordProperty: property,
      refreshInterval: fc
        .tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('s', 'm', 'h'))
        .map((p) => p.join('')),
    },
    { requiredKeys: ['store', 'key'] },
  );
  const credential = fc.oneof(
    fc.constant({ secret: 'mirror-credential' }),
    fc.record({ secret: nameOf('credential') }),
    fc.record({ externalSecret }),
  );
  return fc.record(
    { credential, propagationSeconds: fc.integer({ min: 5, max: 86_400 }) },
    { requiredKeys: ['credential'] },
  );
}
