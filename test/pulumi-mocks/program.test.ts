import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, log, runtime } from '@pulumi/pulumi';
import { clusterOf, valuesOf } from '../../src/pulumi/program-settings';
import { allRegistered, known, mock } from './recording';

const NAME = 'secure-mirror';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  jest.spyOn(log, 'warn').mockResolvedValue();
  jest.resetModules();
});
afterEach(() => rmSync(folder, { recursive: true }));

const cluster = (name: string) => `
  - name: ${name}
    registries: [docker.io]
    authentication:
      mutualTls: {issuer: {caSecret: mirror-ca}}
      basic: {credential: {secret: mirror-credential}}
      present: basic
    tokens:
      - organization: kong
        pull:
          - {purpose: app pull, repositories: [kong/app], owner: team, bindTo: [{namespace: kong, serviceAccounts: [app]}]}`;

/** Sets the program's settings: those with a value in brackets as secrets. */
function configure(settings: { [key: string]: string }, text = `clusters:${cluster('one')}`) {
  const file = join(folder, 'stack.yaml');
  writeFileSync(file, text);
  const all = Object.entries({ stackFile: file, ...settings }).map(([key, value]): [string, string] => [
    `${NAME}:${key}`,
    value,
  ]);
  const secret = all.filter(([, value]) => value.startsWith('('));
  runtime.setAllConfig(
    Object.fromEntries(all),
    secret.map(([key]) => key),
  );
  return new Config(NAME);
}

describe('the cluster of a Pulumi stack', () => {
  const two = `clusters:${cluster('one')}${cluster('two')}`;

  it('is the only one, the one that is called as the stack, or the one that is named', () => {
    expect(clusterOf(configure({}), 'dev', folder).name).toBe('one');
    expect(clusterOf(configure({}, two), 'two', folder).name).toBe('two');
    expect(clusterOf(configure({ cluster: 'one' }, two), 'two', folder).name).toBe('one');
    expect(clusterOf(configure({ stackFile: 'stack.yaml' }), 'dev', folder).name).toBe('one');
  });

  it.each([
    ['of several none is called so', {}, two, 'the stack is called dev; the clusters of'],
    ['there is none of the name', { cluster: 'three' }, two, 'got three; the clusters of'],
    ['a single one has another name', { cluster: 'three' }, `clusters:${cluster('one')}`, 'are one'],
  ])('fails clearly where %s', (_, settings, text, words) => {
    expect(() => clusterOf(configure(settings, text), 'dev', folder)).toThrow(words);
  });

  it('fails with every mistake of the file, by line and key', () => {
    expect(() => clusterOf(configure({}, 'clusters: [{name: one}]'), 'dev', folder)).toThrow(
      /stack\.yaml:1:\d+: .*registries/s,
    );
  });
});

describe('values of Secrets', () => {
  const values = (settings: { [key: string]: string }) => {
    const config = configure(settings);
    return valuesOf(config, clusterOf(config, 'dev', folder));
  };

  it('are those that are set, all secret', async () => {
    mock();
    const { ca, basic, metrics, tokens } = values({
      caCertificate: '(certificate)',
      caKey: '(key)',
      basicUsername: '(user)',
      basicPassword: '(password)',
      'token.app-pull': '(token)',
    });
    expect(metrics).toBeUndefined();
    const outputs = [ca?.certificate, ca?.key, basic?.username, basic?.password, tokens?.['app pull']];
    expect(await Promise.all(outputs.map(known))).toEqual([
      '(certificate)',
      '(key)',
      '(user)',
      '(password)',
      '(token)',
    ]);
    for (const one of outputs) expect(await (one as unknown as { isSecret: Promise<boolean> }).isSecret).toBe(true);
  });

  it('are none where none is set', () => {
    expect(values({})).toEqual({ tokens: {} });
  });

  it.each<[{ [key: string]: string }, string]>([
    [{ caKey: '(key)' }, 'caCertificate'],
    [{ basicUsername: '(user)' }, 'basicPassword'],
    [{ 'token.app-pul': '(x)' }, 'secure-mirror:token.app-pul: there is no such setting; is it token.app-pull?'],
    [{ stackfile: 'x' }, 'secure-mirror:stackfile: there is no such setting; is it stackFile?'],
    [{ 'token.app-pull': 'open' }, 'secure-mirror:token.app-pull: is in the clear'],
    [{ caCertificate: '(c)', caKey: 'open' }, 'secure-mirror:caKey: is in the clear'],
  ])('fail clearly: %j', (settings, words) => {
    expect(() => values(settings)).toThrow(words);
  });

  it('are not told by what fails', () => {
    expect(() => values({ 'token.app-pull': 'open' })).not.toThrow('open;');
  });
});

describe('the program', () => {
  async function run(settings: { [key: string]: string }) {
    configure(settings);
    const seen = mock();
    const outputs = jest.requireActual<object>('../../src/pulumi/program');
    const shown = await Promise.all(Object.entries(outputs).map(async ([key, value]) => [key, await known(value)]));
    await allRegistered();
    return { seen, outputs: Object.fromEntries(shown) };
  }
  const provider = (seen: runtime.MockResourceArgs[]) =>
    seen.find(({ type }) => type === 'pulumi:providers:kubernetes')?.inputs;

  it('makes the stack of its cluster with a provider that changes ConfigMaps and Secrets in place', async () => {
    const { seen, outputs } = await run({ kubeconfig: '/a/file', context: 'one' });
    expect(provider(seen)).toMatchObject({
      context: 'one',
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
      upsertExistingObjects: 'false',
    });
    expect(seen.find(({ type }) => type.endsWith(':SecuredStack'))?.name).toBe('secured-mirror');
    expect(outputs).toMatchObject({ namespace: 'secured-mirror', entry: 'http://127.0.0.1:30020', trustDomain: 'one' });
    expect(Object.keys(outputs).sort()).toEqual(
      ['configHash', 'entry', 'namespace', 'secretNames', 'serviceAccountNames', 'trustDomain'].sort(),
    );
  });

  it('takes over what manifests made when told to', async () => {
    const { seen } = await run({ adopt: 'true' });
    expect(provider(seen)).toMatchObject({ upsertExistingObjects: 'true' });
  });

  it('renders files by a provider without a cluster, whatever the environment and the settings say of one', async () => {
    const { KUBECONFIG } = process.env;
    process.env.KUBECONFIG = '/the/environment';
    const { seen } = await run({ renderTo: '/some/folder', kubeconfig: '/a/file', context: 'one' });
    if (KUBECONFIG === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = KUBECONFIG;
    expect(provider(seen)).toMatchObject({ renderYamlToDirectory: '/some/folder', kubeconfig: '' });
    expect(provider(seen)).not.toHaveProperty('context');
    expect(seen.filter(({ type }) => type === 'kubernetes:apps/v1:DaemonSet')).toHaveLength(1);
  });

  it('does not render secrets, which would be in the clear', async () => {
    await expect(run({ renderTo: '/some/folder', 'token.app-pull': '(x)' })).rejects.toThrow('secure-mirror:renderTo');
  });
});
