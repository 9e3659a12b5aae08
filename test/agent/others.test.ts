import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ENTRY, Node } from './node';
import { hostsOf, parseToml } from './toml';

const THEIRS = `# ours, keep
server = "http://registry.internal"
ca = [
  "ca.pem",
]

[host."https://mirror.internal"]
  capabilities = ["pull", "resolve"]`;

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const mirrors = (registry = 'docker.io') => hostsOf(parseToml(node.read(`${registry}/hosts.toml`)));
const started = async (registries = 'docker.io') => {
  node.start({ MIRROR_REGISTRIES: registries });
  await node.until(() => node.published);
};

describe('settings of others in a folder of their own', () => {
  it('stay in force after ours and come back as they were', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    chmodSync(node.path('docker.io/hosts.toml'), 0o640);
    linkSync(node.path('docker.io/hosts.toml'), node.path('docker.io/hosts.toml.kept'));
    const before = node.tree();
    await started();
    expect(mirrors()).toEqual([ENTRY, 'https://mirror.internal']);
    const [top] = parseToml(node.read('docker.io/hosts.toml'));
    expect(top?.keys).toEqual({ server: 'http://registry.internal', ca: ['ca.pem'] });
    expect(lstatSync(node.path('docker.io')).isDirectory()).toBe(true);
    for (const name of readdirSync(node.path('docker.io')).filter((file) => file.endsWith('.pem') && file !== 'ca.pem'))
      expect(statSync(node.path('docker.io', name)).mode & 0o777).toBe(0o600);
    expect(statSync(node.path('docker.io/hosts.toml')).mode & 0o777).toBe(0o640);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('come back when the proxy is lost and go behind ours again', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    await started();
    node.proxy = 'unready';
    await node.until(() => !node.published);
    expect(node.tree()).toEqual(before);
    node.proxy = 'ready';
    await node.until(() => node.published);
    expect(mirrors()).toEqual([ENTRY, 'https://mirror.internal']);
  });

  it('may be none in an empty folder', async () => {
    mkdirSync(node.path('docker.io'));
    const before = node.tree();
    await started();
    expect(mirrors()).toEqual([ENTRY]);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('may be for all registries', async () => {
    node.write('_default/hosts.toml', THEIRS);
    node.write('_default/ca.pem', 'theirs');
    const before = node.tree();
    await started('_default');
    expect(mirrors('_default')).toEqual([ENTRY, 'https://mirror.internal']);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('keep an edit that was made while ours were there', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    const text = node.read('docker.io/hosts.toml').replace('https://a', 'https://b');
    writeFileSync(node.path('docker.io/hosts.toml'), `${text}\n[host."https://m"]\n`);
    await node.tick();
    expect(mirrors()).toEqual([ENTRY, 'https://m']);
    await node.stop();
    expect(node.tree(node.hosts, false)).toEqual([
      `${node.path('docker.io')}/ 755`,
      `${node.path('docker.io/hosts.toml')} 644 server = "https://b"\n\n[host."https://m"]\n`,
    ]);
  });

  it('keep an edit that added to ours in an empty folder', async () => {
    mkdirSync(node.path('docker.io'));
    await started();
    const file = node.path('docker.io/hosts.toml');
    writeFileSync(file, `server = "https://b"\n${node.read('docker.io/hosts.toml')}`);
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe('server = "https://b"\n');
    expect(readdirSync(node.path('docker.io'))).toEqual(['hosts.toml']);
  });

  it('may be replaced altogether', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    node.write('docker.io/hosts.toml', 'server = "https://b"\n');
    await node.until(() => node.mirrored('docker.io'));
    expect(node.read('docker.io/hosts.toml')).toMatch(/^server = "https:\/\/b"\n#/);
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe('server = "https://b"\n');
    expect(readdirSync(node.path('docker.io'))).toEqual(['hosts.toml']);
  });

  it('may be taken away', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    rmSync(node.path('docker.io/hosts.toml'));
    await node.until(() => node.mirrored('docker.io'));
    expect(node.read('docker.io/hosts.toml')).not.toContain('server');
    rmSync(node.path('docker.io'), { recursive: true });
    await node.until(() => node.mirrored('docker.io') && lstatSync(node.path('docker.io')).isSymbolicLink());
    await node.stop();
    expect(node.tree()).toEqual([]);
  });

  it('may come to be while ours are behind a link', async () => {
    await started();
    rmSync(node.path('docker.io'));
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    await node.until(() => node.mirrored('docker.io'));
    expect(mirrors()).toEqual([ENTRY, 'https://mirror.internal']);
    await node.until(() => readdirSync(node.states).length === 0);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it.each(['while the agent runs', 'as it stops'])('are not lost when written through our link %s', async (when) => {
    await started('docker.io ghcr.io');
    node.write('docker.io/hosts.toml', 'server = "http://a"\n');
    node.write('ghcr.io/ca.crt', 'theirs');
    if (when !== 'as it stops')
      await node.until(() => node.mirrored('docker.io') && node.log.includes('not mirroring ghcr'));
    await node.stop();
    expect(node.tree(node.hosts, false)).toEqual([
      `${node.path('docker.io')}/ 755`,
      expect.stringMatching(`^${node.path('docker.io/hosts.toml')} \\d+ server = "http://a"\n$`),
      `${node.path('ghcr.io')}/ 755`,
      expect.stringMatching(`^${node.path('ghcr.io/ca.crt')} \\d+ theirs$`),
    ]);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('written through our link while no agent runs are found', async () => {
    await started();
    await node.stop('SIGKILL');
    node.write('docker.io/hosts.toml', 'server = "http://a"\n');
    await started();
    expect(node.read('docker.io/hosts.toml')).toContain('server = "http://a"\n');
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe('server = "http://a"\n');
  });
});

describe('settings that others are writing', () => {
  it('are not written over by what was made of the ones before', async () => {
    const file = node.path('docker.io/hosts.toml');
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    // The last thing before the agent's rename.
    node.tool('sync', `#!/bin/sh\nmv "$0.theirs" ${file} 2>/dev/null\nexit 0\n`);
    writeFileSync(join(node.shims, 'sync.theirs'), 'server = "https://b"\n');
    await started();
    expect(node.read('docker.io/hosts.toml')).toMatch(/^server = "https:\/\/b"\n#/);
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe('server = "https://b"\n');
  });

  it('are taken over when a whole tick saw no change', () => {
    node.write('docker.io/hosts.toml', 'server = ');
    const script = `
      set -u; shopt -s nullglob dotglob
      for part in files hosts-toml damage identity publish withdraw; do . "$0/$part.sh"; done
      say() { :; }
      tell() { :; }
      present=mutual-tls entry=$ENTRY resolve='' identity_version=0123456789ab ca=ca client=client
      file=$MIRROR_HOSTS_FOLDER/docker.io/hosts.toml
      publish docker.io; cat "$file"; echo ,
      echo '"https://a"' >>"$file"
      publish docker.io; cat "$file"; echo ,
      publish docker.io; cat "$file"`;
    const { stdout } = spawnSync('bash', ['--norc', '-c', script, join(__dirname, '../../src/mirror/node-agent')], {
      env: {
        PATH: process.env.PATH,
        MIRROR_HOSTS_FOLDER: node.hosts,
        MIRROR_STATE_FOLDER: node.states,
        ENTRY,
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_KEY_SECONDS: '60',
      },
      encoding: 'utf8',
    });
    const [first, second, third] = stdout.split(',\n');
    expect([first, second]).toEqual(['server = ', 'server = "https://a"\n']);
    expect(third).toMatch(/^server = "https:\/\/a"\n# secured-mirror begin/);
  });
});

it('an agent with many registries shows that it lives before each', async () => {
  // Each registry is written by several of these; the first one that finds the file takes it away.
  const alive = join(node.root, 'status', 'alive');
  node.tool('sync', `#!/bin/sh\nif rm ${alive} 2>/dev/null; then echo >>"$0.found"; fi\n`);
  node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io quay.io' });
  await node.until(() => node.published);
  expect(readFileSync(join(node.shims, 'sync.found'), 'utf8')).toBe('\n\n\n');
});
