import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pinned } from '../../src/mirror/images';
import { make } from './ca/certificate-maker';
import { clusterOf, PLANTED } from './fake-cluster';
import { credential, presents, secureMirror, withKubectl } from './secure-mirror';

const old = make({ name: 'old' });

describe('secure-mirror', () => {
  it.each(['status', 'ca'])('reads no key and no password, and no Secret as a whole, for %s', async (command) => {
    const cluster = clusterOf('bothPresentingMutualTls', old, [], () => credential('aaaaaaaa'));
    const { stdout, stderr, asked } = await secureMirror(cluster, command);
    expect(stdout + stderr).not.toContain(PLANTED);
    const secrets = asked.filter((args) => args.includes('secret'));
    expect(secrets.length).toBeGreaterThan(2);
    for (const args of secrets) {
      const keys = [...(args.at(-1) ?? '').matchAll(/index [.] "([^"]*)"/g)].map(([, key]) => key);
      expect(args.at(-1)).toMatch(/^go-template=/);
      expect(keys.filter((key) => key !== 'tls.crt' && key !== 'ca.crt')).toEqual([]);
    }
  });

  it.each([
    [
      'get daemonset',
      'Error from server (NotFound): daemonsets.apps "mirror" not found',
      /^secure-mirror: no stack in the namespace images: .* --namespace$/,
    ],
    [
      'get secret',
      'Error from server (Forbidden): User "j" cannot get resource "secrets" in API group "" in the namespace "images"',
      /no right to "get" secrets in the namespace images/,
    ],
    [
      'exec',
      'Error from server (Forbidden): User "j" cannot create resource "pods/exec" in API group "" in the namespace "images"',
      /no right to "create" pods\/exec in the namespace images/,
    ],
    ['get', 'Unable to connect to the server: dial tcp: i/o timeout', /no cluster answers/],
  ])('cannot ask when %s fails: %s', async (asked, says, message) => {
    const cluster = clusterOf('minimal', old, [], () => presents('mutual-tls'));
    const moved = Object.entries(cluster.objects).map(([name, object]) => [name.replace(/^[^/]*/, 'images'), object]);
    const elsewhere = { ...cluster, objects: Object.fromEntries(moved), refusals: [{ asked, says }] };
    const { code, stdout, stderr } = await secureMirror(elsewhere, 'status', '-n', 'images');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(message);
  });

  it.each([[[]], [['nonsense']], [['status', '--nonsense']], [['ca', '--namespace']]])(
    'cannot be used as %j',
    async (args) => {
      const { code, stdout, stderr } = await withKubectl('kubectl', ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toBe('');
    },
  );

  it.each(['--version', '-V'])('says by %s what it is, in a line for programs, and what it deploys', async (option) => {
    const { code, stdout, stderr } = await withKubectl('kubectl', option);
    const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));
    expect({ code, stderr, lines: stdout.split('\n') }).toEqual({
      code: 0,
      stderr: '',
      lines: [
        version,
        `Spegel ${pinned.spegel.tag}, Envoy ${pinned.envoy.tag}, distroless-iptables ${pinned.iptables.tag}`,
        '',
      ],
    });
  });

  it('says that kubectl is missing', async () => {
    const { code, stderr } = await withKubectl('/nowhere/kubectl', 'status');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^secure-mirror: \/nowhere\/kubectl cannot be run .*: install kubectl, or name it with KUBECTL$/m,
    );
  });

  it.each(['status', 'ca'])('helps with %s', async (command) => {
    const { code, stdout } = await withKubectl('kubectl', command, '--help');
    expect(code).toBe(0);
    for (const text of [
      '--kubeconfig',
      '--context',
      '--namespace',
      '--json',
      `  npm run --silent secure-mirror -- ${command}\n`,
      'Exit codes',
    ]) {
      expect(stdout).toContain(text);
    }
  });

  it('is a program with an exit code', () => {
    const command = ['-r', './src/swc-register.cjs', 'src/cli/main.ts', 'status'];
    const cwd = resolve(__dirname, '../..');
    const env = { ...process.env, KUBECTL: '/nowhere/kubectl' };
    expect(spawnSync(process.execPath, command, { cwd, env }).status).toBe(2);
  });
});
