import { Provider } from '@pulumi/kubernetes/provider';
import { ComponentResource, type ComponentResourceOptions, runtime } from '@pulumi/pulumi';
import { mayBeRegistered } from '../../src/pulumi/rendering';
import { mock, NEW_STACK, type State } from './recording';

const urn = (types: string, name: string) => `urn:pulumi:test::test::${types}::${name}`;
const OBJECT = 'secure-mirror:index:SecuredStack$kubernetes:core/v1:ConfigMap';
const live = { outputs: { metadata: { name: 'one', uid: 'c8e8' } } };
const file = { outputs: { metadata: { name: 'one' } } };
const files = { renderYamlToDirectory: '/some/folder' };

/** Whether a component of these options may be registered. */
function allowed(opts: () => ComponentResourceOptions, secrets: string[] = [], state: State = {}, preview = false) {
  mock(preview, { ...NEW_STACK, ...state });
  return mayBeRegistered(new ComponentResource('a:b:C', 'component', {}, opts()), async () => secrets);
}

afterEach(() => runtime.setAllConfig({}));

describe('values of Secrets are not written to files', () => {
  const SECRETS = ['secrets for secured-mirror/mirror-ca'];
  const refused =
    /^files would hold these secrets in the clear: secrets for secured-mirror\/mirror-ca;.*"\/some\/folder"/;

  it.each<[string, () => ComponentResourceOptions]>([
    ['a provider of its own', () => ({ provider: new Provider('files', files) })],
    ['one among several', () => ({ providers: { kubernetes: new Provider('files', files) } })],
    [
      "its parent's",
      () => ({ parent: new ComponentResource('a:b:P', 'parent', {}, { providers: [new Provider('files', files)] }) }),
    ],
    [
      'the default one',
      () => {
        runtime.setAllConfig({ 'kubernetes:renderYamlToDirectory': '/some/folder' });
        return {};
      },
    ],
  ])('by %s', async (_, opts) => {
    await expect(allowed(opts, SECRETS)).rejects.toThrow(refused);
    await expect(allowed(opts, SECRETS, {}, true)).rejects.toThrow(refused);
  });

  it.each<[string, () => ComponentResourceOptions]>([
    ['a provider with a cluster', () => ({ provider: new Provider('cluster', { context: 'one' }) })],
    [
      'one whose folder is empty, which means none',
      () => ({ provider: new Provider('cluster', { renderYamlToDirectory: '' }) }),
    ],
    ['the default one', () => ({})],
  ])('but are made in a cluster by %s', async (_, opts) => {
    await expect(allowed(opts, SECRETS, { [urn(OBJECT, 'mirror:one')]: live })).resolves.toBeUndefined();
  });
});

describe('files take the place of no object in a cluster', () => {
  const opts = () => ({ provider: new Provider('files', files) });

  it.each<[string, State]>([
    ['one that was made', { [urn(OBJECT, 'mirror:one')]: live }],
    ['one of a component in another', { [urn(`my:own:Part$${OBJECT}`, 'mirror:one')]: live }],
    ['one of whose state nothing is known', { [urn(OBJECT, 'mirror:one')]: { outputs: {} } }],
  ])('%s', async (_, state) => {
    await expect(allowed(opts, [], state)).rejects.toThrow(
      /Pulumi would delete.*: mirror:one;.*make a Pulumi stack of its own/,
    );
  });

  it.each<[string, State]>([
    ['a stack that is new', {}],
    ['one that was written to files', { [urn(OBJECT, 'mirror:one')]: file }],
    ["one with others' objects in a cluster", { [urn('kubernetes:core/v1:ConfigMap', 'mine')]: live }],
  ])('but %s is written', async (_, state) => {
    await expect(allowed(opts, [], state)).resolves.toBeUndefined();
  });

  it('and none is written by a provider that the engine keeps as it was', async () => {
    const state = { [urn('pulumi:providers:kubernetes', 'files')]: { outputs: {} } };
    await expect(allowed(opts, [], state)).rejects.toThrow('Pulumi keeps it as it was');
  });

  it('and no stack is written whose state is not read', async () => {
    mock(false, {});
    const component = new ComponentResource('a:b:C', 'component', {}, opts());
    await expect(mayBeRegistered(component, async () => [])).rejects.toThrow('belongs to another stack');
  });
});
