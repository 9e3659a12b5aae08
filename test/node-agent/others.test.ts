import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
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
const untouched = async (reason: string, before: string[]) => {
  await started('docker.io ghcr.io');
  expect(node.log).toContain(`not mirroring docker.io: ${reason}`);
  expect(node.tree(node.path('docker.io'))).toEqual(before);
  expect(node.mirrored('ghcr.io')).toBe(true);
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
      for part in hosts-toml publish withdraw; do . "$0/$part.sh"; done
      say() { :; }
      generation=0123456789ab ca=ca client=client file=$MIRROR_HOSTS_FOLDER/docker.io/hosts.toml
      publish docker.io; cat "$file"; echo ,
      echo '"https://a"' >>"$file"
      publish docker.io; cat "$file"; echo ,
      publish docker.io; cat "$file"`;
    const { stdout } = spawnSync('bash', ['--norc', '-c', script, join(__dirname, '../../src/node-agent')], {
      env: {
        PATH: process.env.PATH,
        MIRROR_HOSTS_FOLDER: node.hosts,
        MIRROR_STATE_FOLDER: node.states,
        MIRROR_ENTRY: ENTRY,
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_RESOLVE_REGISTRIES: '',
      },
      encoding: 'utf8',
    });
    const [first, second, third] = stdout.split(',\n');
    expect([first, second]).toEqual(['server = ', 'server = "https://a"\n']);
    expect(third).toMatch(/^server = "https:\/\/a"\n# secured-mirror begin/);
  });
});

describe('settings that are left alone', () => {
  it.each([
    ['certificates alone', 'ca.crt', 'pem', 'it may rely on certificates'],
    ['a key alone', 'client.key', 'pem', 'it may rely on certificates'],
    ['a multi-line string', 'hosts.toml', 'server = """\nhttps://a"""\n', 'others use a value'],
    ['an inline host', 'hosts.toml', 'host = {}\n', 'others use a key "host"'],
    ['the mirror itself', 'hosts.toml', `[host."${ENTRY}"]\n`, `others name ${ENTRY}`],
    ['bytes that are no text', 'hosts.toml', 'server = "\0"\n', 'its hosts.toml cannot be read'],
  ])('%s', async (_, name, text, reason) => {
    node.write(`docker.io/${name}`, text);
    await untouched(reason, node.tree(node.path('docker.io')));
  });

  it('certificates beside a hosts.toml that older containerd overlooks', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    node.write('docker.io/ca.crt', 'pem');
    await untouched('it may rely on certificates', node.tree(node.path('docker.io')));
  });

  it('a link of others', async () => {
    mkdirSync(join(node.root, 'elsewhere'));
    symlinkSync(join(node.root, 'elsewhere'), node.path('docker.io'));
    await untouched('its folder is not a real one', []);
    await node.stop();
    expect(node.tree()).toEqual([`${node.path('docker.io')} -> ${join(node.root, 'elsewhere')}`]);
  });

  it('a hosts.toml that is a link', async () => {
    mkdirSync(node.path('docker.io'));
    symlinkSync('../shared.toml', node.path('docker.io/hosts.toml'));
    await untouched('its hosts.toml is a link', node.tree(node.path('docker.io')));
  });

  it('edits that cannot be merged, once ours are out of them', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    node.write('docker.io/hosts.toml', `"note" = 1\n${node.read('docker.io/hosts.toml')}`);
    await node.logged('not mirroring docker.io');
    await node.tick();
    expect(node.read('docker.io/hosts.toml')).toBe('"note" = 1\nserver = "https://a"\n');
    expect(readdirSync(node.path('docker.io'))).toEqual(['hosts.toml']);
  });

  it('our lines without their end, and the keys that they name', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    const broken = node.read('docker.io/hosts.toml').replace(/# secured-mirror end.*\n/, '');
    node.write('docker.io/hosts.toml', broken);
    await node.logged('not mirroring docker.io: the lines around our settings were changed');
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe(broken);
  });
});

describe('settings of others for all registries', () => {
  const theirs = 'server = "http://cache.internal"\nca = "ca.pem"\n[host."https://m"]\n  ca = ["more/ca.pem"]\n';
  beforeEach(() => {
    node.write('_default/hosts.toml', theirs);
    node.write('_default/ca.pem', 'theirs');
    node.write('_default/more/ca.pem', 'theirs');
  });

  it('stand after ours, with the files that they name', async () => {
    const before = node.tree();
    await started();
    expect(mirrors()).toEqual([ENTRY, 'https://m']);
    expect(node.read('docker.io/hosts.toml')).toContain('server = "http://cache.internal"\n');
    expect(node.read('docker.io/ca.pem')).toBe('theirs');
    expect(node.read('docker.io/more/ca.pem')).toBe('theirs');
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('are followed', async () => {
    await started();
    node.write('_default/new.pem', 'theirs');
    node.write('_default/hosts.toml', 'ca = "new.pem"\n');
    await node.until(() => node.read('docker.io/hosts.toml').includes('new.pem'));
    rmSync(node.path('_default/more'), { recursive: true });
    await node.until(() => !readdirSync(node.path('docker.io')).includes('more'));
    expect(node.read('docker.io/new.pem')).toBe('theirs');
    expect(mirrors()).toEqual([ENTRY]);
    node.write('_default/hosts.toml', 'server = "https://a"\n');
    await node.until(() => node.read('docker.io/hosts.toml').includes('https://a'));
    rmSync(node.path('_default'), { recursive: true });
    await node.until(() => !node.read('docker.io/hosts.toml').includes('https://a'));
    await node.until(() => !readdirSync(node.path('docker.io')).includes('ca.pem'));
    expect(mirrors()).toEqual([ENTRY]);
  });

  it('are followed when nothing new can be published', async () => {
    await started();
    await node.stop('SIGKILL');
    node.hideIdentity();
    await started();
    node.write('_default/hosts.toml', 'server = "http://other.internal"\n');
    await node.until(() => node.read('docker.io/hosts.toml').includes('other.internal'));
    expect(mirrors()).toEqual([ENTRY]);
  });

  it('stay alone while they cannot be merged', async () => {
    await started();
    node.write('_default/hosts.toml', 'host = {}\n');
    await node.logged('not mirroring docker.io: others use a key "host"');
    expect(readdirSync(node.hosts)).toEqual(['_default']);
    node.write('_default/hosts.toml', theirs);
    await node.until(() => node.mirrored('docker.io'));
  });

  it('stay alone when they are certificates', async () => {
    rmSync(node.path('_default/hosts.toml'));
    node.write('_default/ca.crt', 'theirs');
    const before = node.tree();
    await started();
    expect(node.log).toContain('not mirroring docker.io: _default may rely on certificates');
    expect(node.tree()).toEqual(before);
  });

  it('stay alone when they are behind a link that leads out of sight', async () => {
    rmSync(node.path('_default'), { recursive: true });
    symlinkSync('/nowhere', node.path('_default'));
    await started();
    expect(node.log).toContain('not mirroring docker.io: _default is a link');
    expect(node.tree()).toEqual([`${node.path('_default')} -> /nowhere`]);
  });

  it('do not count where a registry has a folder', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    expect(mirrors()).toEqual([ENTRY]);
  });
});
