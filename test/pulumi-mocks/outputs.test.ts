import { type Input, log, output, secret } from '@pulumi/pulumi';
import type { SecuredStackArgs } from '../../src/pulumi';
import { mistakeAt, Outputs } from '../../src/pulumi/outputs';
import { checkSecuredStack } from '../../src/stack/check-secured-stack';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { ca, known, mock, registered } from './recording';

const settings: SecuredStackArgs = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

beforeEach(() => {
  jest.spyOn(log, 'warn').mockResolvedValue();
  mock();
});

/** All that is sent with plain settings, and with Outputs of the same values. */
async function sent(args: SecuredStackArgs) {
  const { resources } = await registered(args);
  return resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
}

describe('Outputs', () => {
  it.each<[string, (text: (value: string) => Input<string>) => Partial<SecuredStackArgs>]>([
    ['the name of a pull secret', (text) => ({ imagePullSecrets: [text('pull')] })],
    ['the name of the CA', (text) => ({ authentication: { mutualTls: { issuer: { caSecret: text('my-ca') } } } })],
    ['an issuer', (text) => ({ authentication: { mutualTls: { issuer: { ref: { name: text('platform') } } } } })],
    ['the name of a credential', (text) => ({ authentication: { basic: { credential: { secret: text('mine') } } } })],
    ['a tag', (text) => ({ images: { envoy: { tag: text('v1.40.1') } } })],
    [
      'a repository and a digest, in one text',
      (text) => ({ images: { spegel: { repository: text('registry.example.com/a/spegel'), digest: text(DIGEST) } } }),
    ],
    ['the value of a label of nodes', (text) => ({ nodeSelector: { 'example.com/pool': text('workers') } })],
  ])('make what their values make: %s', async (_, more) => {
    const plain = await sent({ ...settings, ...more((value) => value) });
    expect(await sent({ ...settings, ...more((value) => output(value)) })).toEqual(plain);
    expect(await sent({ ...settings, ...more((value) => secret(value)) })).toEqual(plain);
  });

  it('are taken from getters of a class too, as all settings are', async () => {
    class Args {
      public readonly name = 'one';
      public readonly authentication = settings.authentication;
      public get registries() {
        return ['docker.io'];
      }
      public get images() {
        return { envoy: { tag: output('v1.40.1') } };
      }
      public get secrets() {
        return { ca };
      }
    }
    expect(await sent(new Args())).toEqual(await sent({ ...settings, images: new Args().images, secrets: { ca } }));
  });

  it('say which of them are secret', async () => {
    const images = { envoy: { tag: output('v1.40.1') }, spegel: { tag: secret('v0.7.3') } };
    const outputs = new Outputs<SecuredStackProps>({ ...settings, images }, checkSecuredStack);
    expect(await outputs.secretPaths()).toEqual(['images.spegel.tag']);
  });

  it.each<[string, Partial<SecuredStackArgs>]>([
    ['name', { name: output('one') }],
    ['namespace', { namespace: output('mirror') }],
    ['registries[0]', { registries: [output('docker.io')] }],
    ['today', { today: output('2025-01-01') }],
    [
      'tokens[0].pull[0].purpose',
      {
        tokens: [
          {
            organization: 'kong',
            pull: [{ purpose: output('app pull'), repositories: ['kong/app'], owner: 'team', bindTo: [] }],
          },
        ],
      },
    ],
    ['authentication', { authentication: output({}) as never }],
    ['limits.connectionsPerSource', { limits: { connectionsPerSource: output(9) as never } }],
  ])('are refused where configuration or names are made of them: %s', async (key, more) => {
    const failing = registered({ ...settings, ...more });
    await expect(failing).rejects.toThrow(`${key}: this must be a plain value, not an Output`);
  });

  it('are held to the rules once they are known, and their values are not told', () => {
    const { props } = new Outputs<SecuredStackProps>(
      { ...settings, imagePullSecrets: [secret('pull')] },
      checkSecuredStack,
    );
    expect(mistakeAt(checkSecuredStack, props, ['imagePullSecrets', 0], 'pull')).toBeUndefined();
    expect(mistakeAt(checkSecuredStack, props, ['imagePullSecrets', 0], 'Not A Name')).toMatch(
      /^imagePullSecrets\[0\]: expected the name of a Secret/,
    );
    expect(mistakeAt(checkSecuredStack, props, ['imagePullSecrets', 0], 'Not A Name')).not.toContain('Not A Name');
    expect(mistakeAt(checkSecuredStack, props, ['imagePullSecrets', 0], 7)).toMatch(/^imagePullSecrets\[0\]: /);
  });

  it.each([undefined, null, 7, ['a']])('fail where they turn out to be no text: %p', (value) => {
    const images = { envoy: { tag: output('v1.40.1') } };
    const { props } = new Outputs<SecuredStackProps>({ ...settings, images }, checkSecuredStack);
    expect(mistakeAt(checkSecuredStack, props, ['images', 'envoy', 'tag'], value)).toBe(
      'images.envoy.tag: this Output must have a text, and has none',
    );
  });

  it('name no object, not even the Secret of a value that is given', async () => {
    const authentication = { mutualTls: { issuer: { caSecret: output('my-ca') } } };
    const failing = registered({ ...settings, authentication, secrets: { ca } });
    await expect(failing).rejects.toThrow('authentication.mutualTls.issuer.caSecret: this must be a plain value');
  });

  it('are put in as they are, also what looks like a pattern of a replacement', async () => {
    const outputs = new Outputs<{ text: string }>({ text: output('$& and $1') }, () => []);
    expect(await known(outputs.names([`before ${outputs.props.text} after`]))).toEqual(['before $& and $1 after']);
  });

  it('leave mistakes elsewhere to be told as ever', async () => {
    const failing = registered({ ...settings, registries: ['https://docker.io'], imagePullSecrets: [output('pull')] });
    await expect(failing).rejects.toThrow(/^registries\[0\]: got "https:\/\/docker.io"/m);
  });
});
