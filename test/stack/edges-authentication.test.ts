import { checkSecuredStack } from '../../src/stack/check-secured-stack';

const issuer = (settings: object) => ({ authentication: { mutualTls: { issuer: settings } } });
const mutualTls = (settings: object) => ({
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' }, ...settings } },
});
const certificates = (settings: object) => mutualTls({ certificates: settings });
const secrets = (settings: object) => ({ authentication: { mutualTls: { secrets: settings } } });
const basic = (settings: object) => ({
  authentication: { basic: { credential: { secret: 'mirror-credential' }, ...settings } },
});
const secret = (name: string) => basic({ credential: { secret: name } });
const external = (settings: object) =>
  basic({ credential: { externalSecret: { store: 'vault', key: 'mirror', ...settings } } });
const both = { ...mutualTls({}).authentication, ...basic({}).authentication, present: 'basic' };
const metrics = (credentialSecret?: string) => ({ metrics: { from: [{ namespace: 'monitoring' }], credentialSecret } });

function isRight(props: object): boolean {
  const right = { name: 'one', registries: ['docker.io'], authentication: {} };
  return checkSecuredStack({ ...right, ...props }).length === 0;
}

it.each<object>([
  certificates({ duration: '1h' }),
  certificates({ duration: '999999h', renewBefore: '999998h' }),
  certificates({ duration: '2h', renewBefore: '1h', keyAlgorithm: 'RSA-4096' }),
  certificates({ renewBefore: '719h' }),
  certificates({ commonName: 'a'.repeat(56), subject: {} }),
  certificates({
    subject: { organizations: ['ü'.repeat(64)], provinces: ['a'.repeat(128)], serialNumber: ' '.repeat(64) },
  }),
  secrets({}),
  secrets({ peer: 'mirror-peer', node: 'ours', server: 'a.b' }),
  secrets({ peer: 'mirror-node', node: 'mirror-peer' }),
  mutualTls({ trust: { secret: 'bundle', key: '.pem' } }),
  mutualTls({ trust: { configMap: 'mirror-ca', key: 'a..b' } }),
  mutualTls({ trust: { configMap: 'mirror-peer' } }),
  issuer({ caSecret: 'mirror-trust' }),
  issuer({ ref: { name: 'mirror-peer' } }),
  basic({ propagationSeconds: 5 }),
  basic({ propagationSeconds: 86_400 }),
  secret('mirror-ca'),
  external({ key: 'a'.repeat(1024) }),
  external({ storeKind: 'ClusterSecretStore', key: 'secret/data/a b', refreshInterval: '999999h' }),
  { ...secret('mine'), ...metrics('mirror-credential') },
  { ...secret('mirror-metrics-credential'), ...metrics('mine') },
  { authentication: both, ...metrics() },
  { authentication: both, ...metrics('mine') },
  { authentication: both, entry: { clusterIp: { address: '10.96.0.30' } } },
  {
    authentication: { ...mutualTls({}).authentication, permissive: false },
    entry: { clusterIp: { address: '10.96.0.30' } },
  },
  { authentication: { ...both, permissive: false } },
  { ...basic({}), network: { policies: true } },
])('allows %j', (props) => {
  expect(isRight(props)).toBe(true);
});

it.each<object>([
  certificates({ duration: '1000000h' }),
  certificates({ duration: '01h' }),
  certificates({ duration: '1h', renewBefore: '1h' }),
  certificates({ duration: '10h', renewBefore: '9999h' }),
  certificates({ commonName: 'a'.repeat(57) }),
  certificates({ commonName: '' }),
  certificates({ subject: { organizations: [] } }),
  certificates({ subject: { organizationalUnits: ['a'.repeat(65)] } }),
  certificates({ subject: { localities: [' '] } }),
  certificates({ subject: { postalCodes: ['a'.repeat(41)] } }),
  certificates({ subject: { countries: ['de'] } }),
  certificates({ subject: { serialNumber: 'a'.repeat(65) } }),
  secrets({ peer: 'a', server: 'a' }),
  secrets({ node: 'mirror-server' }),
  secrets({ server: 'mirror-credential' }),
  secrets({ server: 'mirror-metrics' }),
  mutualTls({ secrets: {} }),
  mutualTls({ trust: {} }),
  mutualTls({ trust: { configMap: 'bundle', key: '.' } }),
  mutualTls({ trust: { configMap: 'bundle', key: '..a' } }),
  mutualTls({ trust: { configMap: 'bundle', key: 'a/b' } }),
  mutualTls({ trust: { secret: 'mirror-credential' } }),
  issuer({ caSecret: 'mirror-metrics-credential' }),
  basic({ propagationSeconds: 4 }),
  basic({ propagationSeconds: 86_401 }),
  external({ key: '' }),
  external({ key: 'a'.repeat(1025) }),
  external({ refreshInterval: '0s' }),
  { ...secret('mine'), ...metrics('mine') },
  { ...basic({}), ...metrics() },
  { authentication: { ...both, present: undefined } },
  { authentication: both, ...metrics('mirror-ca') },
])('fails with %j', (props) => {
  expect(isRight(props)).toBe(false);
});
