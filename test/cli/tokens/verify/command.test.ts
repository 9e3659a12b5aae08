import type { Cluster } from '../../fake-cluster';
import { secureMirror } from '../../secure-mirror';
import { fakeRegistry, type Rights } from './fake-registry';
import { dockerConfig, newFolder, removeFolders, stackFile, write } from './folder';

const PULL = 'planted-pull';
const PUSH = 'planted-push';
const RIGHTS: Rights = { [PULL]: { 'kong/nightly': ['pull'] }, [PUSH]: { 'kong/release': ['pull', 'push'] } };

afterEach(removeFolders);

/** A cluster with Secrets of type kubernetes.io/dockerconfigjson, by namespace and name. */
function clusterOf(secrets: { readonly [place: string]: string }, refusals: Cluster['refusals'] = []): Cluster {
  const objects = Object.entries(secrets).map(([place, text]) => {
    const [namespace, name] = place.split('/');
    return [`${namespace}/secret/${name}`, { data: { '.dockerconfigjson': Buffer.from(text).toString('base64') } }];
  });
  return { objects: Object.fromEntries(objects), files: {}, refusals };
}

/** Runs `tokens verify` before a registry that knows rights. */
async function verify(rights: Rights, cluster: Cluster, ...args: string[]) {
  fakeRegistry(rights);
  const outcome = await secureMirror(cluster, 'tokens', 'verify', ...args);
  expect(outcome.stdout + outcome.stderr + outcome.asked.join()).not.toMatch(/planted|eyJ/);
  return outcome;
}

const entry = dockerConfig({ 'registry.example/kong/nightly': `kong:${PULL}` });
const nothing = clusterOf({});

describe("tokens verify with the cluster's Secrets", () => {
  it('asks about what is bound, and says what is for CI alone', async () => {
    const cluster = clusterOf({ 'kong/nightly-pull': entry });
    const args = ['-f', stackFile(), '--from-cluster', '--context', 'production', '--today', '2026-01-02'];
    const { code, stdout, stderr, asked } = await verify(RIGHTS, cluster, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^TOKEN +REPOSITORY/),
      expect.stringMatching(/^nightly pull +kong\/nightly +pull +pull +ok$/),
      expect.stringMatching(/^nightly pull +kong\/release +nothing +nothing +ok$/),
      '',
      'note     release push: not in the cluster (CI only)',
      "ok       all is as declared; write lastVerified: '2026-01-02' to nightly pull",
      '',
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.slice(0, 2)).toEqual(['--context', 'production']);
  });

  it('asks about each token where namespaces have different ones', async () => {
    const bindTo = ['kong', 'other', 'third'].map((namespace) => ({ namespace, serviceAccounts: ['controller'] }));
    const other = dockerConfig({ 'registry.example/kong/nightly': `kong:${PUSH}` });
    const cluster = clusterOf({ 'kong/nightly-pull': entry, 'other/nightly-pull': other, 'third/nightly-pull': entry });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile({ pull: { bindTo } }), '--from-cluster');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^nightly pull \(namespace kong, namespace third\) +kong\/nightly +pull +pull +ok$/m);
    expect(stdout).toContain('problem  nightly pull (namespace other): is granted nothing at kong/nightly');
    expect(stdout).toContain('problem  nightly pull (namespace other): may pull from and push to kong/release');
  });

  it.each<[string, Cluster, string]>([
    ['is not there', nothing, 'there is no Secret nightly-pull in the namespace kong'],
    [
      'has no entry for the repository',
      clusterOf({ 'kong/nightly-pull': dockerConfig({ 'registry.example': `kong:${PULL}` }) }),
      'the Secret nightly-pull in the namespace kong has no entry for registry.example/kong/nightly (keys carry the repository)',
    ],
    [
      'is something else',
      clusterOf({ 'kong/nightly-pull': 'planted' }),
      'the Secret nightly-pull in the namespace kong holds no .dockerconfigjson that can be read',
    ],
    [
      'may not be read',
      clusterOf({}, [
        {
          asked: 'nightly-pull',
          says: 'secrets "x" is forbidden: User "me" cannot get resource "secrets" in API group "" in the namespace "kong"',
        },
      ]),
      'you have no right to "get" secrets in the namespace kong',
    ],
  ])('could not ask when a Secret %s', async (_, cluster, why) => {
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile(), '--from-cluster');
    expect(code).toBe(2);
    expect(stdout).toContain(`unknown  could not be asked: no token for nightly pull: ${why}`);
  });

  it('finds the shared account by its host, alive after its day', async () => {
    const shared = { sharedAccount: { user: 'kong', secret: 'team', retireBy: '2025-06-15' } };
    const cluster = clusterOf({
      'kong/nightly-pull': entry,
      'kong/team': dockerConfig({ 'registry.example': `kong:${PUSH}` }),
    });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile({ more: shared }), '--from-cluster');
    expect(code).toBe(1);
    expect(stdout).toContain('problem  shared account kong: is still alive: its last day was 2025-06-15');
  });

  it.each([
    'https://registry.example/v1',
    'registry.example/v1/',
    'https://registry.example/v2/',
    'registry.example/kong',
    'registry.example/kong/nightly',
    '*.example',
  ])('finds the shared account under %s, alive, and no other beside it', async (key) => {
    const shared = { sharedAccount: { user: 'Kong', secret: 'team', retireBy: '2025-06-15' } };
    const team = dockerConfig({
      [key]: `kong:${PUSH}`,
      'registry.example': `other:${PULL}`,
      'x.invalid': `kong:${PULL}`,
    });
    const cluster = clusterOf({ 'kong/nightly-pull': entry, 'kong/team': team });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile({ more: shared }), '--from-cluster');
    expect(code).toBe(1);
    expect(stdout).toContain('problem  shared account Kong: is still alive: its last day was 2025-06-15');
    expect(stdout).not.toContain('another user name');
  });

  it.each<[string, string | undefined, string]>([
    ['may not be read', undefined, 'you have no right to "get" secrets in the namespace kong'],
    [
      'is something else',
      'planted',
      'the Secret team in the namespace kong holds no .dockerconfigjson that can be read',
    ],
    [
      'leaves it to a program',
      '{"credsStore":"planted"}',
      'the Secret team in the namespace kong has no entry for registry.example',
    ],
  ])('could not ask whether the shared account lives where its Secret %s', async (_, text, why) => {
    const shared = { sharedAccount: { user: 'team', secret: 'team', retireBy: '2025-06-15' } };
    const forbidden = {
      asked: 'secret team',
      says: 'secrets "x" is forbidden: User "me" cannot get resource "secrets" in API group "" in the namespace "kong"',
    };
    const secrets = { 'kong/nightly-pull': entry, ...(text === undefined ? {} : { 'kong/team': text }) };
    const cluster = clusterOf(secrets, text === undefined ? [forbidden] : []);
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile({ more: shared }), '--from-cluster');
    expect(code).toBe(2);
    expect(stdout).toContain(`unknown  could not be asked: no token for shared account team: ${why}`);
    expect(stdout).not.toContain('lastVerified');
  });

  it('misses no shared account where one namespace has it and another does not', async () => {
    const bindTo = ['kong', 'other'].map((namespace) => ({ namespace, serviceAccounts: ['controller'] }));
    const shared = { sharedAccount: { user: 'kong', secret: 'team', retireBy: '2999-06-15' } };
    const team = dockerConfig({ 'registry.example': `kong:${PULL}` });
    const cluster = clusterOf({ 'kong/nightly-pull': entry, 'other/nightly-pull': entry, 'other/team': team });
    const stack = stackFile({ pull: { bindTo }, more: shared });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stack, '--from-cluster');
    expect(code).toBe(0);
    expect(stdout).toContain('note     shared account kong: still works; its last day is 2999-06-15');
  });

  it('finds the shared account gone', async () => {
    const shared = { sharedAccount: { user: 'team', secret: 'team', retireBy: '2025-06-15' } };
    const cluster = clusterOf({ 'kong/nightly-pull': entry });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stackFile({ more: shared }), '--from-cluster');
    expect(code).toBe(0);
    expect(stdout).toContain('note     shared account team: no Secret team holds it');
  });

  it('asks nothing about a token of a credential provider', async () => {
    const stack = stackFile({ pull: { credentialProvider: 'ecr-credential-provider' } });
    const { code, stdout } = await verify(RIGHTS, nothing, '-f', stack, '--from-cluster');
    expect(code).toBe(2);
    expect(stdout).toContain('note     nightly pull: by credential provider, not asked');
    expect(stdout).toContain('unknown  no token was asked about');
  });
});

describe('tokens verify with files', () => {
  const files = () => {
    const folder = newFolder();
    write(folder, 'nightly-pull', PULL);
    write(folder, 'release-push', PUSH);
    return folder;
  };

  it('proves all tokens', async () => {
    const { code, stdout } = await verify(RIGHTS, nothing, '-f', stackFile(), '--from-dir', files(), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      lastVerified: { tokens: ['nightly pull', 'release push'] },
    });
  });

  it('says in its help that all are asked about unless some are chosen', async () => {
    const { code, stdout } = await verify(RIGHTS, nothing, '--help');
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '--purpose <purpose> only the token for this purpose; may be repeated (default: all) --push-probe',
    );
  });

  it('proves the chosen ones alone', async () => {
    const args = ['-f', stackFile(), '--from-dir', files(), '--json'];
    const both = await verify(RIGHTS, nothing, ...args, '--purpose', 'release push', '--purpose', 'nightly pull');
    expect(JSON.parse(both.stdout).lastVerified.tokens).toEqual(['nightly pull', 'release push']);
    const { stdout } = await verify(RIGHTS, nothing, ...args, '--purpose', 'release push');
    expect(JSON.parse(stdout).lastVerified.tokens).toEqual(['release push']);
  });

  it('need not have the token before, but a cluster does', async () => {
    const stack = stackFile({ pull: { previousSecret: 'nightly-old' } });
    const handed = await verify(RIGHTS, nothing, '-f', stack, '--from-dir', files());
    expect(handed.code).toBe(0);
    expect(handed.stdout).toContain('note     nightly pull (previous): not asked: it was not handed in');
    const cluster = clusterOf({ 'kong/nightly-pull': entry });
    const { code, stdout } = await verify(RIGHTS, cluster, '-f', stack, '--from-cluster');
    expect(code).toBe(2);
    expect(stdout).toContain(
      'no token for nightly pull (previous): there is no Secret nightly-old in the namespace kong',
    );
  });

  it('asks once where the token before is the shared account', async () => {
    const more = { sharedAccount: { user: 'team', secret: 'team', retireBy: '2999-06-15' } };
    const stack = stackFile({ pull: { previousSecret: 'team' }, more });
    const { code, stdout } = await verify(RIGHTS, nothing, '-f', stack, '--from-dir', files());
    expect(code).toBe(0);
    expect(stdout).toContain('note     shared account team: not asked: it was not handed in');
    expect(stdout).not.toContain('(previous)');
  });

  it('fails with a push token that does not push', async () => {
    const rights = { ...RIGHTS, [PUSH]: { 'kong/release': ['pull'] } };
    const { code, stdout } = await verify(rights, nothing, '-f', stackFile(), '--from-dir', files());
    expect(code).toBe(1);
    expect(stdout).toContain('problem  release push: may not push to kong/release, but stack.yaml declares it');
  });

  it('fails with a token that the service refuses', async () => {
    const { code, stdout } = await verify({}, nothing, '-f', stackFile(), '--from-dir', files());
    expect(code).toBe(1);
    expect(stdout).toContain('problem  nightly pull: is refused as user "kong"');
  });

  it.each([
    [
      [],
      /nothing says where the tokens are; expected one of these: --from-dir, --stdin, --from-cluster or --docker-config$/,
    ],
    [['--from-cluster', '--stdin'], /got 2 places where the tokens are; expected one of these/],
    [['--from-dir', '/nowhere'], /--from-dir: \/nowhere is no folder/],
    [
      ['--from-cluster', '--purpose', 'daily'],
      /--purpose: got "daily"; expected one of these: "nightly pull", "release push"$/,
    ],
    [['--from-cluster', '--today', 'today'], /--today: got "today"; expected a day/],
  ])('cannot ask with %j', async (args, message) => {
    const { code, stderr, stdout } = await verify(RIGHTS, nothing, '-f', stackFile(), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim()).toMatch(message);
  });

  it('cannot write its report into nothing', async () => {
    const args = ['-f', stackFile(), '--from-dir', files(), '--junit', '/nowhere/report.xml'];
    const { code, stderr } = await verify(RIGHTS, nothing, ...args);
    expect(code).toBe(2);
    expect(stderr).toBe('secure-mirror: --junit: /nowhere/report.xml cannot be written (its folder does not exist)\n');
  });
});
