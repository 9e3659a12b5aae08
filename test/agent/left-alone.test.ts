import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ENTRY, Node } from './node';

const SCRIPTS = resolve(__dirname, '../../src/mirror/node-agent');

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

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

describe('settings that are left alone', () => {
  it.each([
    ['certificates alone', 'ca.crt', 'pem', 'it may rely on certificates'],
    ['a key alone', 'client.key', 'pem', 'it may rely on certificates'],
    ['a multi-line string', 'hosts.toml', 'server = """\nhttps://a"""\n', 'others use a value'],
    ['very many lines', 'hosts.toml', '#\n'.repeat(2001), 'its hosts.toml has more than 2000 lines'],
    ['many lines', 'hosts.toml', '#\n'.repeat(1995), 'its hosts.toml has more than 2000 lines with ours'],
    ['an inline host', 'hosts.toml', 'host = {}\n', 'others use a key "host"'],
    ['the mirror itself', 'hosts.toml', `[host."${ENTRY}"]\n`, 'others name 127.0.0.1:30020 already'],
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

  it('lines like ours that nothing is known of, and the keys that they name', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started();
    await node.stop('SIGKILL');
    rmSync(node.path('docker.io/.secured-mirror.written'));
    const broken = node.read('docker.io/hosts.toml').replace('# secured-mirror end', '$& and more');
    writeFileSync(node.path('docker.io/hosts.toml'), broken);
    node.start();
    await node.logged('not mirroring docker.io: the lines around our settings were changed');
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe(broken);
    expect(node.violations.size).toBe(0);
  });
});

describe('a hosts.toml that is too long to be read', () => {
  const LINES = 'server = "https://a"\n'.padEnd(3_000_000, '# a line of others that says nothing\n');
  const LINE = `server = "https://a"\n# ${'x'.repeat(3_000_000)}`;

  it.each([
    ['of many lines', LINES],
    ['of one line', LINE],
  ])('%s, is left alone, and the agent goes on', async (_, text) => {
    node.write('docker.io/hosts.toml', text);
    await untouched('its hosts.toml is longer than 65536 bytes', node.tree(node.path('docker.io')));
    // Ticks, which are written to a file, go on after it was looked at.
    for (let i = 0; i < 3; i++) await node.tick();
  });

  it('with our lines in it, stays without them', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n'.padEnd(65_536 - 100, `# ${'x'.repeat(99)}\n`));
    await untouched('its hosts.toml is longer than 65536 bytes with', node.tree(node.path('docker.io')));
  });

  it('since others wrote to it is rid of our lines, and keeps theirs', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    await started('docker.io ghcr.io');
    appendFileSync(node.path('docker.io/hosts.toml'), LINES);
    appendFileSync(node.path('ghcr.io/hosts.toml'), LINE);
    for (const registry of ['docker.io', 'ghcr.io']) await node.logged(`not mirroring ${registry}: its hosts.toml is`);
    await node.stop();
    expect(node.read('docker.io/hosts.toml') === `server = "https://a"\n${LINES}`).toBe(true);
    expect(node.read('ghcr.io/hosts.toml') === LINE).toBe(true);
    for (const registry of ['docker.io', 'ghcr.io']) expect(readdirSync(node.path(registry))).toEqual(['hosts.toml']);
    expect(node.tree(node.states)).toEqual([]);
  });
});

describe('the work of an inspection of a hosts.toml', () => {
  /** How many commands the agent runs for a text that it reads, splits and merges. */
  const work = (text: string) => {
    const script = `
      set -u; export LC_ALL=C
      for part in files settings hosts-toml damage; do . "$0/$part.sh"; done
      entry=$ENTRY registry=docker.io present=mutual-tls identity_version=0123456789ab
      count=0
      slurp text "$FILE" "$most_toml" || { echo "$((count))"; exit; }
      make_block block /run/docker.io
      merged=''
      set -T
      trap 'count=$((count + 1))' DEBUG
      merge merged "$text" "$block"
      declare -A hosts=([text]=$merged [written]=$merged)
      tell_apart hosts "$block"
      has_host_table "\${hosts[theirs]}"
      trap - DEBUG
      echo "$count \${#merged}"`;
    writeFileSync(join(node.root, 'text'), text);
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, SCRIPTS], {
      env: { PATH: process.env.PATH, ENTRY, MIRROR_DIAL_TIMEOUT: '200ms', FILE: join(node.root, 'text') },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.trim().split(' ').map(Number);
  };

  it.each([
    ['comments', '# a comment\n'],
    ['empty lines', '\n'],
    ['keys', 'a = ["b", "c"]\n'],
    ['an array', 'a = [\n"b",\n"c"]\n'],
    ['tables', '[a]\n'],
  ])('grows with its length and no faster: %s', (_, line) => {
    const [once = 0, length = 0] = work(line.repeat(300));
    const [twice = 0] = work(line.repeat(600));
    expect(length).toBeGreaterThan(line.length * 300);
    expect(twice / once).toBeLessThan(2.1);
  });

  it('is not spent on a line that would take long', () => {
    node.write('docker.io/hosts.toml', `a = ["b"${', "c"'.repeat(5000)}]\n`);
    const [done = 0] = work(`a = ["b"${', "c"'.repeat(5000)}]\n`);
    expect(done).toBeLessThan(60);
  });
});
