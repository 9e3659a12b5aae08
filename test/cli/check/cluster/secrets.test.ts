import { provided, secrets } from '../../../../src/cli/check/cluster/secrets';
import { resolveMirror } from '../../../../src/mirror/resolve';
import { variants } from '../../../support';
import { contextOf } from '../../probe/fake-context';

describe('the check secrets', () => {
  it('sees the Secret of the CA', async () => {
    const found = await secrets.run(contextOf({ objects: { 'secret mirror-ca': {} } }));
    expect(found).toMatchObject([{ level: 'ok', message: 'the namespace secured-mirror has Secret mirror-ca' }]);
  });

  it('says how to make what is missing', async () => {
    const [finding] = await secrets.run(contextOf({ stack: { imagePullSecrets: ['pull'] } as never }));
    expect(finding).toMatchObject({
      level: 'problem',
      message:
        "the namespace secured-mirror lacks Secret mirror-ca (the CA that signs), Secret pull (it opens the mirror's images)",
    });
    expect(finding?.fix?.split('\n')).toEqual([
      'kubectl create namespace secured-mirror',
      'kubectl --namespace secured-mirror create secret tls mirror-ca --cert=ca.crt --key=ca.key',
      'kubectl --namespace secured-mirror create secret generic pull --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=config.json',
    ]);
  });

  it('makes no namespace that exists', async () => {
    const [finding] = await secrets.run(contextOf({ objects: { 'namespace secured-mirror': {} } }));
    expect(finding?.fix).not.toContain('create namespace');
  });

  it.each([
    ['minimal', ['mirror-ca']],
    ['ownCertificates', ['our-peer', 'mirror-node', 'mirror-server']],
    ['trust', ['mirror-ca', 'mirror-trust']],
    ['basic', ['mirror-credential', 'mirror-metrics-credential']],
    ['bothPresentingBasic', ['mirror-ca']], // an external store brings the credential
  ])('knows what a user makes for the stack %s', (name, names) => {
    expect(
      provided(resolveMirror(variants[name] as never))
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  });

  it('puts no credential into a command', () => {
    for (const variant of Object.values(variants)) {
      for (const { create } of provided(resolveMirror(variant as never)))
        expect(create).not.toMatch(/password=|literal/);
    }
  });
});
