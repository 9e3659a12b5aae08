import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-28';
import { CertificateIssuer, type IssuerProps, PodsOf, SecuredStack } from '../../src';

const named = (name: string, namespace?: string) => ({ metadata: { name, namespace } });

describe('a stack with references', () => {
  const stackOf = (scope: Chart, apply?: boolean) => {
    const secret = new Secret(scope, 'ca', named('our-ca', 'secured-mirror'));
    const account = new ServiceAccount(scope, 'account', named('controller', 'kong'));
    const pull = {
      purpose: 'tools pull',
      repositories: ['kong/tools'],
      owner: 'tools',
      bindTo: PodsOf.serviceAccounts([account], { apply }),
    };
    return new SecuredStack(scope, 'stack', {
      name: 'test',
      registries: ['docker.io'],
      authentication: { mutualTls: { issuer: CertificateIssuer.ofCaSecret(secret) } },
      tokens: [{ organization: 'kong', pull: [pull] }],
    });
  };

  it('names them', () => {
    const scope = new Chart(new App(), 'test');
    stackOf(scope, false);
    const objects = Testing.synth(scope);
    expect(objects.find(({ kind }) => kind === 'Issuer').spec).toEqual({ ca: { secretName: 'our-ca' } });
    expect(
      objects.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === 'kong'),
    ).toHaveLength(1);
  });

  it('does not make a ServiceAccount again that the app makes', () => {
    const scope = new Chart(new App(), 'test');
    stackOf(scope);
    const message =
      'ServiceAccount kong/controller is made in this app too: bind it with apply: false, ' +
      'and give it these imagePullSecrets, in this order: tools-pull';
    expect(() => Testing.synth(scope)).toThrow(message);
  });
});

describe('an issuer of the app that signs by ACME', () => {
  const acme = { acme: { server: 'https://acme.example.com/directory', privateKeySecretRef: { name: 'account' } } };
  const issuer = (scope: Chart, kind: string, namespace?: string, spec: object = acme) =>
    new ApiObject(scope, 'issuer', {
      ...{ apiVersion: 'cert-manager.io/v1', kind, ...named('letsencrypt', namespace) },
      ...{ spec },
    });
  const stackOf = (scope: Chart, given: IssuerProps) =>
    new SecuredStack(scope, 'stack', {
      name: 'test',
      registries: ['docker.io'],
      authentication: { mutualTls: { issuer: given } },
    });
  const refused = (kind: string) =>
    `${kind} letsencrypt is made in this app, and signs by ACME, which gives no certificate with a URI SAN and none for 127.0.0.1`;

  it.each([
    ['ClusterIssuer', undefined],
    ['Issuer', 'secured-mirror'],
  ])('is refused by its name: %s', (kind, namespace) => {
    const scope = new Chart(new App(), 'test');
    stackOf(scope, CertificateIssuer.of(issuer(scope, kind, namespace)));
    expect(() => Testing.synth(scope)).toThrow(refused(kind));
  });

  it('is refused where only its name is given, in another chart too', () => {
    const app = new App();
    stackOf(new Chart(app, 'mirror'), CertificateIssuer.fromName('letsencrypt', 'ClusterIssuer'));
    issuer(new Chart(app, 'platform'), 'ClusterIssuer');
    expect(() => app.synthYaml()).toThrow(refused('ClusterIssuer'));
  });

  it.each([
    ['another kind', 'Issuer', 'secured-mirror', acme],
    ['another way to sign', 'ClusterIssuer', undefined, { vault: { server: 'https://vault.example.com' } }],
  ])('is no other issuer: %s', (_what, kind, namespace, spec) => {
    const scope = new Chart(new App(), 'test');
    issuer(scope, kind, namespace, spec);
    stackOf(scope, CertificateIssuer.fromName('letsencrypt', 'ClusterIssuer'));
    expect(() => Testing.synth(scope)).not.toThrow();
  });

  it('may be of the same name in another namespace', () => {
    const scope = new Chart(new App(), 'test');
    issuer(scope, 'Issuer', 'platform');
    stackOf(scope, CertificateIssuer.fromName('letsencrypt'));
    expect(() => Testing.synth(scope)).not.toThrow();
  });
});
