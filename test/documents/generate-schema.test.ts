import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generatedFiles } from '../../src/documents/generate-schema';
import { stackSchema } from '../../src/schemas/schemas';
import { places, resolved } from '../../src/settings/schema';
import { isSecretName } from '../../src/settings/secrets';

const files = generatedFiles();

it.each(Object.keys(files))('%s is what npm run schema makes', (file) => {
  expect(readFileSync(resolve(__dirname, '../..', file), 'utf8')).toBe(files[file]);
});

const settings = places(stackSchema).flatMap(({ place, schema }) =>
  Object.entries(schema.properties ?? {}).map(([key, value]) => ({ place: `${place}.${key}`, key, value })),
);

describe('the schema', () => {
  it('has a name and a dialect', () => {
    const { $id, title, $schema } = JSON.parse(files['src/schemas/stack.schema.json'] ?? '{}');
    expect([$id, title, $schema]).toEqual([
      'stack.schema.json',
      'stack.yaml of secure-mirror',
      'http://json-schema.org/draft-07/schema#',
    ]);
  });

  it.each(settings)('says what $place means', ({ value }) => {
    expect(value.description).toMatch(/\w/);
  });

  it.each(settings.filter(({ value }) => value.pattern))('says in words what $place looks like', ({ value }) => {
    expect(value.patternErrorMessage).toContain('expected ');
  });

  it('has defaults that are values, of the right kind', () => {
    // Keys under defaults have the ones of clusters.
    const defaults = settings.filter(
      ({ place, value }) => value.default !== undefined && !place.startsWith('defaults.'),
    );
    expect(Object.fromEntries(defaults.map(({ place, value }) => [place, value.default]))).toEqual({
      'clusters[].monitoring.interval': '30s',
      'clusters[].monitoring.podMonitor': false,
      'clusters[].monitoring.rules': false,
      'clusters[].monitoring.dashboard': false,
      'clusters[].namespace': 'secured-mirror',
      'clusters[].platform': 'containerd',
      'clusters[].nodeReadiness.apiServer.port': 6443,
      'clusters[].nodeReadiness.dryRun': false,
      'clusters[].dualStack': false,
      'clusters[].priorityClassName': 'system-node-critical',
      'clusters[].imagePullPolicy': 'IfNotPresent',
      'clusters[].updateStrategy.type': 'RollingUpdate',
      'clusters[].updateStrategy.rollingUpdate.maxUnavailable': '10%',
      'clusters[].logLevel.proxy': 'warning',
      'clusters[].logLevel.spegel': 'info',
      'clusters[].logLevel.nodeAgent': 'info',
      'clusters[].guards.action': 'Deny',
      'clusters[].guards.webhooks.publicHosts': false,
      'clusters[].guards.certificates.approverPolicy': false,
      'clusters[].authentication.permissive': false,
      'clusters[].authentication.basic.propagationSeconds': 180,
      'clusters[].authentication.basic.credential.externalSecret.storeKind': 'SecretStore',
      'clusters[].authentication.basic.credential.externalSecret.usernameProperty': 'username',
      'clusters[].authentication.basic.credential.externalSecret.passwordProperty': 'password',
      'clusters[].authentication.basic.credential.externalSecret.refreshInterval': '1h',
      'clusters[].authentication.mutualTls.secrets.peer': 'mirror-peer',
      'clusters[].authentication.mutualTls.secrets.node': 'mirror-node',
      'clusters[].authentication.mutualTls.secrets.server': 'mirror-server',
      'clusters[].authentication.mutualTls.certificates.duration': '720h',
      'clusters[].authentication.mutualTls.certificates.keyAlgorithm': 'ECDSA-P256',
      'clusters[].authentication.mutualTls.trust.key': 'ca.crt',
      'clusters[].authentication.mutualTls.issuer.ref.kind': 'Issuer',
      'clusters[].authentication.mutualTls.issuer.ref.group': 'cert-manager.io',
      'clusters[].entry.loopback.port': 30020,
      'clusters[].entry.clusterIp.port': 30020,
      'clusters[].tokens[].registry': 'docker.io',
      'clusters[].tokens[].quota.others': 0,
      'clusters[].tokens[].pull[].mirror': false,
      'clusters[].tokens[].pull[].rotateEveryDays': 90,
      'clusters[].serviceAccounts.apply': true,
      'clusters[].tokens[].pull[].bindTo[].inject': false,
      'clusters[].tokens[].pull[].externalSecret.storeKind': 'SecretStore',
      'clusters[].tokens[].pull[].externalSecret.property': 'token',
      'clusters[].tokens[].pull[].externalSecret.refreshInterval': '15m',
      'clusters[].tokens[].push[].mayDelete': false,
      'clusters[].tokens[].push[].rotateEveryDays': 90,
      'clusters[].tokens[].push[].externalSecret.storeKind': 'SecretStore',
      'clusters[].tokens[].push[].externalSecret.property': 'token',
      'clusters[].tokens[].push[].externalSecret.refreshInterval': '15m',
      'clusters[].admission.policies': true,
      'clusters[].limits.connectionsPerSource': 64,
      'clusters[].limits.entryConnections': 4096,
      'clusters[].limits.connections': 10000,
      'clusters[].limits.requests': 512,
      'clusters[].accessLog.percent': 100,
      'clusters[].accessLog.refusedPercent': 10,
      'clusters[].network.dns.pods[].port': 53,
      'clusters[].network.dns.preset': 'kube-dns',
      'clusters[].network.policies': true,
      'clusters[].network.hostFirewall': false,
      'clusters[].network.extraEgress[].protocol': 'TCP',
      'clusters[].tolerations[].operator': 'Equal',
    });
  });

  it('keeps defaults that are told in prose in the description', () => {
    const { trustDomain } = stackSchema.definitions?.MutualTlsProps?.properties ?? {};
    expect(trustDomain?.description).toMatch(/\n\nDefault: the cluster's name$/);
  });

  it('has no key of a text or a number that is taken for a secret', () => {
    const values = settings.filter(({ value }) => resolved(value, stackSchema).properties === undefined);
    expect(values.filter(({ key }) => isSecretName(key))).toEqual([]);
  });

  it('allows no key that it does not name, but for labels', () => {
    const open = places(stackSchema).filter(({ schema }) => schema.additionalProperties !== false);
    expect(open).toEqual([]);
  });
});
