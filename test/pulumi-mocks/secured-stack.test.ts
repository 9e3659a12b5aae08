import { Provider } from '@pulumi/kubernetes/provider';
import { ComponentResource, log, Output, output, runtime, secret } from '@pulumi/pulumi';
import { stackLabels } from '../../src/kubernetes/names';
import { ClusterTokens, type SecuredStackArgs } from '../../src/pulumi';
import { register } from '../../src/pulumi/register';
import { allRegistered, ca, known, mock, registered, registeredBy } from './recording';

const CA = 'authentication.mutualTls.issuer.caSecret';
const tokens = [
  {
    organization: 'kong',
    pull: [
      {
        purpose: 'app pull',
        repositories: ['kong/app'],
        owner: 'team',
        bindTo: [{ namespace: 'kong', serviceAccounts: ['app'], inject: true }],
        holders: [{ kind: 'User' as const, name: 'ann' }],
      },
    ],
    push: [
      {
        purpose: 'app push',
        repositories: ['kong/app'],
        owner: 'team',
        workload: { namespace: 'ci', serviceAccount: 'builder' },
      },
      { purpose: 'app push in CI', repositories: ['kong/app'], owner: 'team' },
    ],
  },
];
const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };
const settings: SecuredStackArgs = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls, basic, present: 'mutualTls' },
  tokens,
};

/** An Output whose value a preview does not know. */
function unknown(isSecret = false): Output<string> {
  const Unknown = Output as unknown as new (...parts: unknown[]) => Output<string>;
  const of = <T>(value: T) => Promise.resolve(value);
  return new Unknown(new Set(), of(undefined), of(false), of(isSecret), of(new Set()));
}

let warnings: string[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(log, 'warn').mockImplementation(async (text) => {
    warnings.push(text);
  });
});

describe('resources', () => {
  it('are these, in this order, each a child of the component', async () => {
    const { resources } = await registered({ ...settings, secrets: { tokens: { 'app pull': 'a', 'app push': 'b' } } });
    expect(resources.map(({ type, name, parent }) => `${type} ${name} < ${parent ?? '-'}`)).toMatchSnapshot();
  });

  it('wait for all of the step before: namespace, guards, configuration, certificates, workload, gate', async () => {
    const nodeReadiness = { apiServer: { addresses: ['10.0.0.4/32'] } };
    const { resources } = await registered({ ...settings, nodeReadiness });
    const children = resources.slice(1);
    const steps: (typeof children)[] = [];
    for (const child of children) {
      const last = steps.at(-1)?.[0];
      if (last && String(last.dependsOn) === String(child.dependsOn)) steps.at(-1)?.push(child);
      else steps.push([child]);
    }
    const kinds = (step: typeof children) => [...new Set(step.map(({ inputs }) => inputs.kind))].sort();
    expect(steps.map(kinds)).toEqual([
      ['Namespace'],
      [
        'MutatingAdmissionPolicy',
        'MutatingAdmissionPolicyBinding',
        'NetworkPolicy',
        'Role',
        'RoleBinding',
        'ServiceAccount',
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
      ],
      ['ClusterRole', 'ClusterRoleBinding', 'ConfigMap'],
      ['Certificate', 'Issuer', 'ServiceAccount'],
      ['DaemonSet', 'Service'],
      ['NodeReadinessRule'],
    ]);
    steps.slice(1).forEach((step, index) => {
      for (const { dependsOn } of step) {
        expect(dependsOn.sort()).toEqual((steps[index] ?? []).map(({ name }) => name).sort());
      }
    });
  });

  it('come in this order whatever the order of the objects', async () => {
    const seen = mock();
    const parent = new ComponentResource('secure-mirror:index:SecuredStack', 'mirror');
    const object = (apiVersion: string, kind: string) => ({
      apiVersion,
      kind,
      metadata: { name: kind, labels: stackLabels },
    });
    const objects = [
      { ...object('apps/v1', 'DaemonSet'), spec: {} },
      object('cert-manager.io/v1', 'Issuer'),
      object('v1', 'ConfigMap'),
      object('v1', 'ServiceAccount'),
      object('v1', 'Namespace'),
    ];
    register(parent, 'mirror', objects, {});
    await allRegistered();
    const kinds = seen.slice(1).map(({ inputs }) => inputs.kind);
    expect(kinds).toEqual(['Namespace', 'ServiceAccount', 'ConfigMap', 'Issuer', 'DaemonSet']);
  });

  it('patch ServiceAccounts of workloads, and own the one of the mirror', async () => {
    const { resources } = await registered(settings);
    const accounts = resources.filter(({ inputs }) => inputs.kind === 'ServiceAccount');
    expect(accounts.map(({ type, name }) => [type, name])).toEqual([
      ['kubernetes:core/v1:ServiceAccount', 'mirror:secured-mirror/mirror'],
      ['kubernetes:core/v1:ServiceAccountPatch', 'mirror:kong/app'],
    ]);
  });

  it('keep their names whatever else changes', async () => {
    const names = async (args: SecuredStackArgs) => (await registered(args)).resources.map(({ name }) => name);
    const changed = { ...settings, name: 'two', limits: { connectionsPerSource: 9 }, platform: 'k3s' as const };
    expect(await names(changed)).toEqual(await names(settings));
  });
});

describe('options', () => {
  it('reach every resource', async () => {
    const customTimeouts = { create: '1m' };
    const opts = () => {
      const provider = new Provider('cluster', { enableConfigMapMutable: true, enableSecretMutable: true });
      const dependsOn = new ComponentResource('test:index:Before', 'before');
      return { provider, protect: true, retainOnDelete: true, customTimeouts, dependsOn };
    };
    const { resources } = await registered(settings, { opts });
    for (const { name, opts: own } of resources.slice(1)) {
      expect({ name, ...own }).toMatchObject({ name, retainOnDelete: true, customTimeouts });
    }
    const [component, namespace] = resources;
    expect(component?.opts).toMatchObject({ protect: true });
    expect(namespace?.dependsOn).toEqual(['somebody else']);
    expect(warnings).toEqual([]);
  });

  it('say by which provider: the component hands its own on', async () => {
    const opts = () => ({ provider: new Provider('cluster', {}) });
    const { resources } = await registered(settings, { opts });
    const providers = resources.slice(1).map(({ provider }) => provider);
    expect(providers).toEqual(providers.map(() => expect.stringMatching(/::cluster::id of cluster$/)));
  });

  it('warn of the default provider, which deletes what it changes, unless it is set not to', async () => {
    await registered(settings);
    expect(warnings).toEqual([
      expect.stringContaining('kubernetes:enableConfigMapMutable true'),
      expect.stringContaining('kubernetes:enableSecretMutable true'),
    ]);
    warnings = [];
    runtime.setAllConfig({ 'kubernetes:enableConfigMapMutable': 'true', 'kubernetes:enableSecretMutable': 'true' });
    await registered(settings);
    expect(warnings).toEqual([]);
    runtime.setAllConfig({});
  });
});

describe('outputs', () => {
  it('say where the mirror is and what it uses', async () => {
    const { stack } = await registered({ ...settings, secrets: { ca } });
    expect(await known(stack.namespace)).toBe('secured-mirror');
    expect(await known(stack.entry)).toBe('https://127.0.0.1:30020');
    expect(await known(stack.trustDomain)).toBe('one');
    expect(await known(stack.secretNames)).toEqual([
      'kong/app-pull',
      'secured-mirror/mirror-ca',
      'secured-mirror/mirror-credential',
      'secured-mirror/mirror-metrics-credential',
      'secured-mirror/mirror-node',
      'secured-mirror/mirror-peer',
      'secured-mirror/mirror-server',
    ]);
    expect(await known(stack.serviceAccountNames)).toEqual(['kong/app', 'secured-mirror/mirror']);
  });

  it('have a hash that changes with the settings, not with values of Secrets', async () => {
    const hash = async (args: SecuredStackArgs) => known((await registered(args)).stack.configHash);
    const first = await hash(settings);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(await hash({ ...settings, secrets: { tokens: { 'app pull': 'a token' } } })).toBe(first);
    expect(await hash({ ...settings, limits: { connectionsPerSource: 9 } })).not.toBe(first);
  });

  it('have no trust domain without mutual TLS', async () => {
    const { stack } = await registered({ ...settings, authentication: { basic } });
    expect(await known(stack.trustDomain)).toBeUndefined();
    expect(await known(stack.entry)).toBe('http://127.0.0.1:30020');
  });
});

describe('values of Secrets', () => {
  const values = {
    ca,
    basic: { username: 'mirror', password: output('PASSWORD') },
    metrics: { username: 'scraper', password: secret('OTHER') },
    tokens: { 'app pull': 'TOKEN ONE', 'app push': 'TOKEN TWO' },
  };
  const decoded = (data: unknown) =>
    Object.fromEntries(
      Object.entries(data as object).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]),
    );

  it('are Secrets of their types, secret whether or not they were', async () => {
    const { resources } = await registered({
      ...settings,
      metrics: { from: [{ namespace: 'monitoring' }] },
      secrets: values,
    });
    const secrets = resources.filter(({ type }) => type === 'kubernetes:core/v1:Secret');
    expect(
      secrets.map(({ name, inputs, secret: hidden }) => ({
        name,
        type: inputs.type,
        hidden,
        data: decoded(inputs.data),
      })),
    ).toMatchSnapshot();
    const texts = [ca.certificate, ca.key, 'PASSWORD', 'OTHER', 'TOKEN ONE', 'TOKEN TWO'];
    const others = JSON.stringify(resources.filter((one) => !secrets.includes(one)).map(({ inputs }) => inputs));
    for (const text of texts.flatMap((one) => [one, Buffer.from(one).toString('base64')])) {
      expect(others).not.toContain(JSON.stringify(text));
    }
  });

  it('that a preview does not know leave all else known', async () => {
    const secrets = { tokens: { 'app pull': unknown(true), 'app push': 'known' } };
    const { resources } = await registered({ ...settings, secrets }, { preview: true });
    const one = (name: string) => resources.find((resource) => resource.name === `mirror:${name}`);
    expect(one('kong/app-pull')?.inputs).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'app-pull', namespace: 'kong', labels: expect.anything() },
      type: 'kubernetes.io/dockerconfigjson',
      data: { __pulumiUnknown: true },
    });
    const rest = resources.filter(({ name }) => name !== 'mirror:kong/app-pull').map(({ inputs }) => inputs);
    expect(JSON.stringify(rest)).not.toContain('__pulumiUnknown');
    expect(one('ci/app-push')?.inputs.data).toHaveProperty(['.dockerconfigjson']);
  });

  it.each([
    ['ca', { ca: values.ca }, { authentication: { basic } }, `set ${CA}`],
    ['basic', { basic: values.basic }, { authentication: { mutualTls } }, 'set authentication.basic.credential.secret'],
    [
      'basic',
      { basic: values.basic },
      { authentication: { basic: { credential: { externalSecret: { store: 'vault', key: 'mirror' } } } } },
      'set authentication.basic.credential.secret',
    ],
    ['metrics', { metrics: values.metrics }, {}, 'set metrics, with authentication.basic'],
    ['tokens["app pul"]', { tokens: { 'app pul': 'x' } }, {}, 'is it app pull?'],
    ['tokens["other"]', { tokens: { other: 'x' } }, {}, 'purposes are app pull, app push, app push in CI'],
    ['tokens["app push in CI"]', { tokens: { 'app push in CI': 'x' } }, {}, 'it is for CI alone'],
  ])('fail where the settings name no Secret: %s', async (key, secrets, more, words) => {
    const failing = registered({ ...settings, ...more, secrets });
    await expect(failing).rejects.toThrow(`secrets.${key}: `);
    await expect(failing).rejects.toThrow(words);
  });
});

describe('what is wrong in secrets', () => {
  const credential = 'expected a mapping with the keys username, password';
  it.each<[string, unknown, string]>([
    ['a misspelt key', { caa: ca }, 'secrets.caa: there is no such key here; did you mean ca? '],
    [
      'half of a certificate',
      { ca: { certificate: 'C' } },
      'secrets.ca.key: missing; expected a text: its key, in PEM',
    ],
    [
      'a misspelt half',
      { basic: { username: 'U', pasword: 'P' } },
      'secrets.basic.pasword: there is no such key here; did you',
    ],
    ['a text', { metrics: 'TEXT' }, `secrets.metrics: ${credential}`],
    ['an Output of a mapping', { metrics: output({ username: 'U', password: 'P' }) }, `secrets.metrics: ${credential}`],
    ['a number', { tokens: { 'app pull': 1234567 } }, 'secrets.tokens["app pull"]: expected a text'],
    ['nothing', null, 'secrets: expected a mapping with the keys'],
    ['a list', [ca], 'secrets: expected a mapping with the keys'],
  ])('is refused beside what is wrong in the settings: %s', async (_, secrets, words) => {
    const seen = mock();
    const failing = registered({ ...settings, platfrom: 'k3s', secrets } as unknown as SecuredStackArgs);
    const message = await failing.catch((error: Error) => error.message);
    expect(message).toContain('SecuredStack mirror: these settings are wrong\nplatfrom: there is no such key here');
    expect(message).toContain(`\n${words}`);
    expect(message).not.toMatch(/TEXT|1234567|"U"/);
    expect(seen).toEqual([]);
  });

  it('is a misspelt key also where its value is an Output', async () => {
    const failing = registered({
      ...settings,
      imagePullSecretss: [output('a')],
      nmespace: output('b'),
    } as SecuredStackArgs);
    await expect(failing).rejects.toThrow(
      'imagePullSecretss: there is no such key here; did you mean imagePullSecrets?',
    );
    await expect(failing).rejects.toThrow('nmespace: there is no such key here; did you mean namespace?');
  });
});

it('registers nothing when a setting is wrong', async () => {
  const seen = mock();
  const failing = registered({ ...settings, registries: [] });
  await expect(failing).rejects.toThrow(/^registries: /m);
  expect(seen).toEqual([]);
});

describe('ClusterTokens', () => {
  const make = (secrets: SecuredStackArgs['secrets'] = {}) =>
    registeredBy(
      (opts) =>
        new ClusterTokens(
          'tokens',
          { name: 'one', namespace: 'platform', tokens: settings.tokens ?? [], secrets },
          opts,
        ),
    );

  it('is the tokens alone, of the same names and types', async () => {
    const whole = (await registered(settings)).resources.map(({ type, name }) => `${type} ${name.split(':')[1]}`);
    const { stack, resources } = await make({ tokens: { 'app pull': 'TOKEN' } });
    const [component, ...children] = resources.map(({ type, name }) => `${type} ${name.split(':')[1]}`);
    expect(component).toMatch(/^secure-mirror:index:ClusterTokens/);
    const here = (name: string) => name.replace('secured-mirror/token-ledger', 'platform/token-ledger');
    const other = children.filter((child) => !whole.map(here).includes(child));
    expect(other).toEqual(['kubernetes:core/v1:Secret kong/app-pull']);
    expect(await known(stack.secretNames)).toEqual(['kong/app-pull']);
    expect(await known(stack.serviceAccountNames)).toEqual(['kong/app']);
  });

  it('fails clearly', async () => {
    await expect(make({ tokens: { other: 'x' } })).rejects.toThrow('secrets.tokens["other"]: ');
  });
});
