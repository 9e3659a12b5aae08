import { Provider } from '@pulumi/kubernetes/provider';
import { ComponentResource, log, runtime } from '@pulumi/pulumi';
import { ClusterTokens, SecuredStack } from '../../src/pulumi';
import { tokens } from '../support';
import { known, mock } from './recording';

const mirror = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};
const all = { ...mirror, today: '2025-06-01', tokens };
const alone = { name: 'one', namespace: 'platform', today: '2025-06-01', tokens };

beforeEach(() => {
  jest.spyOn(log, 'warn').mockResolvedValue();
  mock();
});

// Else the next test's monitor hears of resources that it does not know.
afterEach(() => runtime.disconnect());

it('fails with two components that register the same objects with one provider', async () => {
  const provider = new Provider('cluster', {});
  const first = new SecuredStack('first', mirror, { provider });
  expect(() => new SecuredStack('second', { ...mirror, name: 'two' }, { provider })).toThrow(
    /^SecuredStack second: SecuredStack first makes the same objects already: Namespace secured-mirror and \d+ more\. .*, give each a provider of its own$/,
  );
  await known(first.namespace);
});

it('fails so with the default provider, with tokens beside a stack, and with the provider of a parent', async () => {
  const first = new ClusterTokens('first', alone);
  expect(() => new SecuredStack('second', all)).toThrow(/^SecuredStack second: ClusterTokens first makes the same/);
  const parent = new ComponentResource('test:index:Parent', 'parent', {}, { provider: new Provider('other', {}) });
  const third = new ClusterTokens('third', alone, { parent });
  expect(() => new ClusterTokens('fourth', alone, { parent })).toThrow(
    /^ClusterTokens fourth: ClusterTokens third makes/,
  );
  await Promise.all([known(first.secretNames), known(third.secretNames)]);
});

it('takes two providers for two clusters, and tokens of another namespace beside a mirror', async () => {
  const stacks = ['a', 'b'].map(
    (name) => new SecuredStack(name, mirror, { provider: new Provider(`cluster-${name}`, {}) }),
  );
  const beside = [new SecuredStack('mirror', mirror), new ClusterTokens('tokens', alone)];
  await Promise.all([...stacks, ...beside].map(({ secretNames }) => known(secretNames)));
});

it.each(['once', 'again'])('takes the same program %s', async () => {
  const stack = new SecuredStack('mirror', mirror);
  expect(await known(stack.namespace)).toBe('secured-mirror');
});
