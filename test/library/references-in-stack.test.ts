import { type Chart, Testing } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-28';
import { CertificateIssuer, PodsOf, SecuredStack } from '../../src';

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
    const scope = Testing.chart();
    stackOf(scope, false);
    const objects = Testing.synth(scope);
    expect(objects.find(({ kind }) => kind === 'Issuer').spec).toEqual({ ca: { secretName: 'our-ca' } });
    expect(
      objects.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === 'kong'),
    ).toHaveLength(1);
  });

  it('does not make a ServiceAccount again that the app makes', () => {
    const scope = Testing.chart();
    stackOf(scope);
    const message =
      'ServiceAccount kong/controller is made in this app too: bind it with apply: false, ' +
      'and give it these imagePullSecrets, in this order: tools-pull';
    expect(() => Testing.synth(scope)).toThrow(message);
  });
});
