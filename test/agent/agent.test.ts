import { copyFileSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY, IMPATIENT, identity, Node } from './node';
import { parseToml } from './toml';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the node agent', () => {
  it('publishes a registry that nobody has settings for behind a link to memory', async () => {
    node.start();
    await node.until(() => node.published);
    const own = join(node.states, 'docker.io');
    const version = /client\.([0-9a-f]{12})\.pem/.exec(node.read('docker.io/hosts.toml'))?.[1];
    expect(node.tree()).toEqual([`${node.path('docker.io')} -> ${own}`]);
    expect(parseToml(node.read('docker.io/hosts.toml'))).toEqual([
      { path: [], keys: {} },
      {
        path: ['host', ENTRY],
        keys: {
          capabilities: ['pull'],
          ca: join(own, `.secured-mirror.ca.${version}.pem`),
          client: join(own, `.secured-mirror.client.${version}.pem`),
          dial_timeout: '200ms',
        },
      },
    ]);
    const { 'tls.crt': leaf, 'tls.key': key, 'ca.crt': ca } = identity('one');
    expect(node.read(`docker.io/.secured-mirror.client.${version}.pem`)).toBe(`${leaf}\n${key}\n`);
    expect(node.read(`docker.io/.secured-mirror.ca.${version}.pem`)).toBe(ca);
    expect(mode(node.states)).toBe('700');
    expect(mode(own)).toBe('700');
    for (const file of ['hosts.toml', `.secured-mirror.client.${version}.pem`, `.secured-mirror.ca.${version}.pem`])
      expect(mode(join(own, file))).toBe('600');
    expect(node.log).toContain(`published docker.io (version ${version})`);
  });

  it('leaves nothing behind when it is told to stop', async () => {
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io', MIRROR_PERIOD: '1000' });
    await node.until(() => node.published);
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual([]);
    expect(node.tree(node.states)).toEqual([]);
    expect(node.tree(join(node.root, 'tmp'))).toEqual([]);
    expect(node.published).toBe(false);
    expect(node.log).toContain('withdrew ghcr.io');
  });

  it('keeps key material for a moment longer than the settings that name it', async () => {
    const folders = `${node.hosts} ${join(node.states, 'docker.io')}`;
    node.tool('sleep', `#!/bin/sh\n[ "$1" != 0.2 ] || ls -A ${folders} >"$0.seen"\nPATH=\${PATH#*:} exec sleep "$@"\n`);
    node.start();
    await node.until(() => node.published);
    await node.stop();
    const seen = readFileSync(join(node.shims, 'sleep.seen'), 'utf8');
    expect(seen).toMatch(/client\.\w+\.pem/);
    expect(seen).not.toMatch(/^docker.io$/m);
  });

  it('lets tags be resolved where it is told to', async () => {
    node.configure({ resolve: 'ghcr.io' });
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io' });
    await node.until(() => node.published);
    expect(node.read('docker.io/hosts.toml')).toContain('capabilities = ["pull"]\n');
    expect(node.read('ghcr.io/hosts.toml')).toContain('capabilities = ["pull", "resolve"]\n');
  });

  it('can stand for all registries', async () => {
    node.start({ MIRROR_REGISTRIES: '_default' });
    await node.until(() => node.published);
    expect(node.tree()).toEqual([`${node.path('_default')} -> ${join(node.states, '_default')}`]);
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual([]);
  });

  it('says nothing secret and each thing once', async () => {
    node.start();
    await node.until(() => node.published);
    await node.tick();
    await node.stop();
    expect(node.log).not.toMatch(/BEGIN|secret|leaf/);
    expect(node.log.replace(/[0-9a-f]{12}/g, 'GEN').split('\n')).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ the settings are good \(.*\)$/),
      expect.stringMatching(/Z the proxy is ready$/),
      expect.stringMatching(/Z the identity is good \(version GEN\)$/),
      expect.stringMatching(/Z published docker.io \(version GEN\)$/),
      expect.stringMatching(/Z withdrew docker.io$/),
      expect.stringMatching(/Z stopped$/),
      '',
    ]);
  });
});

it('says at level warning only what does not go as it should', async () => {
  node.start({ MIRROR_LOG_LEVEL: 'warning', MIRROR_UNREADY_TICKS: '1' });
  await node.until(() => node.published);
  expect(node.log).toBe('');
  node.proxy = 'unready';
  await node.logged('the proxy is not ready');
  await node.until(() => !node.published);
  node.proxy = 'ready';
  await node.until(() => node.published);
  node.proxy = 'unready';
  await node.until(() => node.log.split('the proxy is not ready').length === 3);
  await node.stop();
  expect(node.log).not.toMatch(/ready$|published|withdrew|stopped/);
});

describe('readiness of the proxy', () => {
  it.each(['unready', 'silent'] as const)('nothing is published while it is %s', async (proxy) => {
    node.proxy = proxy;
    node.start({ ...IMPATIENT, MIRROR_UNREADY_TICKS: '1' });
    await node.logged('the proxy is not ready');
    expect(node.tree()).toEqual([]);
    expect(node.published).toBe(false);
    node.proxy = 'ready';
    await node.until(() => node.published);
    expect(node.mirrored('docker.io')).toBe(true);
  });

  it.each(['unready', 'silent'] as const)('settings go while it is %s and come back', async (proxy) => {
    node.start({ ...IMPATIENT, MIRROR_UNREADY_TICKS: '1' });
    await node.until(() => node.published);
    node.proxy = proxy;
    await node.until(() => !node.published);
    expect(node.tree()).toEqual([]);
    expect(node.tree(node.states)).toEqual([]);
    node.proxy = 'ready';
    await node.until(() => node.published);
    expect(node.mirrored('docker.io')).toBe(true);
  });

  it('settings stay over fewer failures than asked for', async () => {
    node.start({ MIRROR_UNREADY_TICKS: '1000' });
    await node.until(() => node.published);
    node.proxy = 'unready';
    await node.tick();
    await node.tick();
    expect(node.mirrored('docker.io')).toBe(true);
    expect(node.published).toBe(true);
  });

  it('a stop is heard while the proxy is silent', async () => {
    node.start(IMPATIENT);
    await node.until(() => node.published);
    node.proxy = 'silent';
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual([]);
  });
});

describe('what an earlier run left', () => {
  it('counts as published no longer than until it was looked at', async () => {
    node.start();
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    const report = join(node.dynamicFiles, 'report.json');
    copyFileSync(report, `${report}.old`);
    node.proxy = 'unready';
    node.start({}, `mv ${report}.old ${report}`);
    await node.logged('the proxy is not ready');
    await node.until(() => existsSync(report) && !node.published);
  });

  it('stays in force when it is whole', async () => {
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io' });
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    const before = [...node.tree(), ...node.tree(node.states)];
    node.proxy = 'unready';
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io', MIRROR_UNREADY_TICKS: '1000' });
    await node.until(() => node.published);
    expect([...node.tree(), ...node.tree(node.states)]).toEqual(before);
  });

  it('is cleared of registries that are no longer mirrored', async () => {
    node.write('quay.io/hosts.toml', 'server = "https://quay.io"\n');
    const before = node.tree();
    node.start({ MIRROR_REGISTRIES: 'docker.io quay.io _default' });
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    node.proxy = 'unready';
    node.start({ MIRROR_REGISTRIES: 'ghcr.io' });
    await node.logged('withdrew _default');
    await node.logged('the proxy is not ready');
    expect(node.tree()).toEqual(before);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('is cleared of a link that a reboot left without its end', async () => {
    symlinkSync(join(node.states, 'docker.io'), node.path('docker.io'));
    symlinkSync(join(node.states, 'old.io'), node.path('old.io'));
    node.proxy = 'unready';
    node.start();
    await node.logged('the proxy is not ready');
    expect(node.tree()).toEqual([]);
    node.proxy = 'ready';
    await node.until(() => node.published);
    expect(node.mirrored('docker.io')).toBe(true);
    expect(existsSync(node.path('old.io'))).toBe(false);
  });

  it('follows another entry', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    const before = node.tree();
    node.configure({ entry: 'https://127.0.0.1:31000' });
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io' });
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    node.configure();
    node.start({ MIRROR_REGISTRIES: 'docker.io ghcr.io' });
    await node.until(() => node.mirrored('docker.io') && node.mirrored('ghcr.io'));
    expect(node.read('docker.io/hosts.toml')).not.toContain('31000');
    await node.stop();
    expect(node.tree()).toEqual(before);
  });
});
