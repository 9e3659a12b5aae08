import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NodeSettings, nodeSettings, SCRIPT, settingsIn } from '../../../src/cli/verify/node-settings';
import { falseMirror, falseMirrorAttempt } from '../../../src/cli/verify/rows/false-mirror';
import { nodeFilesAttempt } from '../../../src/cli/verify/rows/t5-node-files';
import { tagsAttempt } from '../../../src/cli/verify/rows/t11-tags';
import { forwardProxyAttempt } from '../../../src/cli/verify/rows/t16-forward-proxy';
import { attackOn, TARGET } from './fake-target';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hosts = (lines: string) =>
  `# secured-mirror begin: kept\n[host."https://127.0.0.1:30020"]\n${lines}# secured-mirror end\n`;

/** A node's folders. */
function look(toml: { readonly [registry: string]: string }): {
  readonly text: string;
  readonly found: Omit<NodeSettings, 'node'>;
} {
  const [state, config] = [join(folder, 'state'), join(folder, 'config')];
  rmSync(state, { recursive: true, force: true });
  rmSync(config, { recursive: true, force: true });
  mkdirSync(join(state, 'one'), { recursive: true, mode: 0o700 });
  writeFileSync(join(state, 'one', 'key.pem'), 'PLANTED', { mode: 0o640 });
  symlinkSync('one', join(state, 'link'));
  for (const [registry, text] of Object.entries(toml)) {
    mkdirSync(join(config, registry), { recursive: true });
    writeFileSync(join(config, registry, 'hosts.toml'), text);
    writeFileSync(join(config, registry, '.secured-mirror.client.1.pem'), 'PLANTED', { mode: 0o600 });
    chmodSync(join(config, registry, 'hosts.toml'), 0o644);
  }
  const { stdout, stderr } = spawnSync('bash', ['-c', SCRIPT, 'look', state, config], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return { text: stdout, found: settingsIn(stdout) };
}

describe('the look at a node', () => {
  it('tells what containerd does, and nothing secret', () => {
    const { text, found } = look({
      'a.example.com': hosts('  capabilities = ["pull"]\n  ca = "/a.pem"\n  client = "/b.pem"\n'),
      'b.example.com': `server = "x"\n${hosts('  capabilities = ["pull", "resolve"]\n').replace('https', 'http')}`,
      'c.example.com': hosts('  ca = "/a.pem"\n  skip_verify = true\n'),
      'others.example.com': '[host."https://elsewhere"]\n  ca = "/a.pem"\n',
    });
    expect(found.hosts).toEqual([
      { registry: 'a.example.com', url: 'https://127.0.0.1:30020', resolves: false, hasCa: true },
      { registry: 'b.example.com', url: 'http://127.0.0.1:30020', resolves: true, hasCa: false },
      { registry: 'c.example.com', url: 'https://127.0.0.1:30020', resolves: false, hasCa: false },
    ]);
    expect(text).not.toContain('PLANTED');
  });

  it('tells modes of what holds a key or a credential, through no link', () => {
    const { found } = look({ 'a.example.com': hosts('  Authorization = "Basic PLANTED"\n') });
    const modes = Object.fromEntries(found.files.map(({ path, mode }) => [path.replace(`${folder}/`, ''), mode]));
    expect(modes).toMatchObject({
      'state/one': '700',
      'state/one/key.pem': '640',
      'config/a.example.com/.secured-mirror.client.1.pem': '600',
      'config/a.example.com/hosts.toml': '644',
    });
    expect(Object.keys(modes)).not.toContain('state/link');
  });

  it('needs a node agent, and the right to use it', async () => {
    const plain = { ...TARGET, pods: TARGET.pods.map((pod) => ({ ...pod, hasAgent: false })) };
    await expect(nodeSettings(attackOn({ target: plain }))).rejects.toThrow('not tried: these pods have no node agent');
    const stderr =
      'Error from server (Forbidden): User "j" cannot create resource "pods/exec" in API group "" in the namespace "a"';
    await expect(nodeSettings(attackOn({ runs: () => ({ status: 1, stderr }) }))).rejects.toThrow('pods/exec');
  });
});

const node = (changes: Partial<NodeSettings>): NodeSettings => ({
  node: 'w1',
  files: [{ path: '/run/key.pem', mode: '600', uid: '0' }],
  hosts: [{ registry: 'a.example.com', url: 'https://127.0.0.1:30020', resolves: false, hasCa: true }],
  ...changes,
});
const host = (changes: object) => node({ hosts: [{ ...node({}).hosts[0], ...changes } as never] });
const file = (changes: object) => node({ files: [{ ...node({}).files[0], ...changes } as never] });
const T23 = (all: readonly NodeSettings[]) => falseMirrorAttempt(falseMirror, all);

describe('the rows about settings', () => {
  it.each([
    [nodeFilesAttempt, file({ mode: '644' }), 'problem'],
    [nodeFilesAttempt, file({ mode: '640' }), 'problem'],
    [nodeFilesAttempt, file({ uid: '1000' }), 'problem'],
    [nodeFilesAttempt, node({ files: [] }), 'unknown'],
    [tagsAttempt, host({ resolves: true }), 'warning'],
    [tagsAttempt, node({ hosts: [] }), 'unknown'],
    [forwardProxyAttempt, host({ url: 'https://10.96.77.77:30020' }), 'note'],
    [forwardProxyAttempt, node({ hosts: [] }), 'unknown'],
    [T23, host({ url: 'http://127.0.0.1:30020' }), 'problem'],
    [T23, host({ hasCa: false }), 'problem'],
    [T23, node({ hosts: [] }), 'unknown'],
  ])('%o sees %j as %s', (look, settings, level) => {
    expect(
      look([node({}), settings].slice(settings.hosts.length === 0 || settings.files.length === 0 ? 1 : 0)).level,
    ).toBe(level);
    expect(look([node({})]).level).toBe('ok');
  });

  it('see the address that plain Spegel writes', async () => {
    const words = ['configuration', '--mirror-targets', 'http://$(NODE_IP):30020', '--resolve-tags=true', 'http://x'];
    const target = { ...TARGET, pods: TARGET.pods.map((pod) => ({ ...pod, hasAgent: false, words })) };
    expect(await falseMirror.run(attackOn({ target }))).toMatchObject([
      { level: 'problem', seen: expect.stringMatching(/^http:[/][/]\$\(NODE_IP\):30020: every server/) },
    ]);
  });
});
