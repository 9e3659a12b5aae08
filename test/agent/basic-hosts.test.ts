import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASIC, ENTRY, identity, Node, PLAIN_ENTRY } from './node';
import { hostsOf, parseToml } from './toml';
import { versionOf } from './version';

const THEIRS = 'server = "http://quay.internal"\n[host."https://m"]\n';
const one = versionOf('mirror', 'first');

let node: Node;
beforeEach(async () => {
  node = await Node.create({ MIRROR_REGISTRIES: 'docker.io quay.io', MIRROR_KEY_SECONDS: '1' });
  node.configure(BASIC);
  node.credential.update({ username: 'mirror', password: 'first' });
  node.write('quay.io/hosts.toml', THEIRS);
});
afterEach(() => Node.disposeAll());

const started = async () => {
  node.start();
  await node.until(() => node.published);
};
const file = (registry: string) => node.path(registry, 'hosts.toml');
const mode = (registry: string) => (statSync(file(registry)).mode & 0o777).toString(8);
const keys = (registry: string) => readdirSync(node.path(registry)).filter((name) => name.endsWith('.pem'));
const both = (present: string) => ({
  accept: 'basic mutual-tls',
  present,
  entry: present === 'basic' ? PLAIN_ENTRY : ENTRY,
});

describe('with basic authentication containerd', () => {
  it('presents the credential, which only root may read', async () => {
    chmodSync(file('quay.io'), 0o640);
    const before = node.tree();
    node.configure({ ...BASIC, resolve: 'docker.io' });
    await started();
    expect(parseToml(node.read('docker.io/hosts.toml'))).toEqual([
      { path: [], keys: {} },
      { path: ['host', PLAIN_ENTRY], keys: { capabilities: ['pull', 'resolve'], dial_timeout: '200ms' } },
      { path: ['host', PLAIN_ENTRY, 'header'], keys: { Authorization: one.header } },
    ]);
    expect(hostsOf(parseToml(node.read('quay.io/hosts.toml')))).toEqual([PLAIN_ENTRY, 'https://m']);
    expect([mode('docker.io'), mode('quay.io')]).toEqual(['600', '600']);
    expect([...keys('docker.io'), ...keys('quay.io')]).toEqual([]);
    expect(node.checks).toBe(0);
    expect(node.log).not.toContain('identity');
    await node.stop();
    expect(node.tree()).toEqual(before);
    expect(readdirSync(node.states)).toEqual([]);
  });

  it('needs no identity, and nothing without a credential', async () => {
    node.hideIdentity();
    node.credential.update({});
    node.start();
    await node.logged('the credential is of no use');
    await node.tick();
    expect(node.read('quay.io/hosts.toml')).toBe(THEIRS);
    node.credential.update({ username: 'mirror', password: 'first' });
    await node.until(() => node.published);
    expect(node.mirrored('quay.io')).toBe(true);
  });

  it('is moved to mutual TLS and back without a gap', async () => {
    await started();
    const gaps = new Set<string>();
    const watch = setInterval(() => {
      for (const registry of ['docker.io', 'quay.io']) if (!node.mirrored(registry)) gaps.add(registry);
    }, 5);
    const reach = (text: string) =>
      node.until(() =>
        ['docker.io', 'quay.io'].every((registry) => node.read(`${registry}/hosts.toml`).includes(text)),
      );
    node.configure(both('basic'));
    await node.logged('the settings are good (accept basic mutual-tls, present basic)');
    await node.tick();
    expect(node.read('quay.io/hosts.toml')).toContain(one.header);
    node.configure(both('mutual-tls'));
    await reach('client = ');
    expect(node.read('quay.io/hosts.toml')).not.toContain('Authorization');
    expect(mode('quay.io')).toBe('644');
    node.configure();
    await node.logged('credential: forgotten');
    await node.tick();
    node.configure(both('mutual-tls'));
    await node.logged('the credential is good', 2);
    node.configure(both('basic'));
    await reach(one.header);
    await node.until(() => keys('docker.io').length + keys('quay.io').length === 0);
    node.configure(BASIC);
    await node.logged('(accept basic, present basic)', 2);
    await node.tick();
    expect(mode('quay.io')).toBe('600');
    clearInterval(watch);
    expect([...gaps]).toEqual([]);
    expect(node.log).not.toContain('withdrew');
  });

  it('keeps what is in force while the other way is not in hand', async () => {
    node.hideIdentity();
    await started();
    node.configure(both('mutual-tls'));
    await node.logged('the identity cannot be read');
    await node.tick();
    expect(node.read('docker.io/hosts.toml')).toContain(one.header);
    expect(node.report).toContain('secured_mirror_upstream_authentication_info{method="basic"} 1\n');
    node.present(identity('one'));
    await node.until(() => node.read('docker.io/hosts.toml').includes('client = '));
  });

  it('follows an edit of others, even one made in a copy that all can read', async () => {
    await started();
    const text = node.read('quay.io/hosts.toml').replace('quay.internal', 'other.internal');
    writeFileSync(file('quay.io'), text);
    rmSync(file('quay.io'));
    writeFileSync(file('quay.io'), text);
    await node.until(() => mode('quay.io') === '600');
    node.violations.clear(); // that was theirs
    expect(node.read('quay.io/hosts.toml')).toBe(text);
    await node.stop();
    expect(node.read('quay.io/hosts.toml')).toBe(THEIRS.replace('quay.internal', 'other.internal'));
    expect(mode('quay.io')).toBe('644');
  });

  it('is not shown to others when they write through our link', async () => {
    node.tool(
      'chmod',
      `#!/bin/sh\ncat ${node.hosts}/.secured-mirror.folder.*/* >>"$0.seen" 2>/dev/null\nPATH=\${PATH#*:} exec chmod "$@"\n`,
    );
    await started();
    const text = node.read('docker.io/hosts.toml');
    writeFileSync(file('docker.io'), `server = "http://a"\n${text}`);
    const adopted = () => lstatSync(node.path('docker.io'), { throwIfNoEntry: false })?.isDirectory() ?? false;
    await node.until(() => adopted() && node.mirrored('docker.io'));
    expect(readFileSync(join(node.shims, 'chmod.seen'), 'utf8')).toBe('server = "http://a"\n');
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe('server = "http://a"\n');
  });

  it('stays with no other tool that rewrites it through our link without its comments', async () => {
    await started();
    const lines = node.read('docker.io/hosts.toml').split('\n');
    const rewritten = lines.filter((text) => !text.startsWith('#')).map((text) => `  ${text}`);
    writeFileSync(file('docker.io'), rewritten.join('\n'));
    await node.tick();
    await node.tick();
    await node.stop();
    const left = node.tree();
    expect(JSON.stringify(left)).not.toContain(one.header);
    expect(JSON.stringify(left)).not.toContain(PLAIN_ENTRY);
  });

  it('stands alone where others name the entry by its other name', async () => {
    node.write('quay.io/hosts.toml', `[host."${ENTRY}"]\n`);
    await started();
    expect(node.log).toContain('not mirroring quay.io: others name 127.0.0.1:30020 already');
  });

  it('keeps a registry through a kill, and clears up one that is not wanted any more', async () => {
    await started();
    await node.stop('SIGKILL');
    node.proxy = 'unready';
    node.credential.update({});
    node.start({ MIRROR_REGISTRIES: 'docker.io', MIRROR_UNREADY_TICKS: '1000' });
    await node.until(() => node.published);
    expect(node.read('docker.io/hosts.toml')).toContain(one.header);
    expect(node.read('quay.io/hosts.toml')).toBe(THEIRS);
    expect(mode('quay.io')).toBe('644');
    expect(node.log).toContain(`published docker.io (version ${one.name})`);
  });

  it('trusts what is said beside the identity', async () => {
    const trust = join(node.root, 'trust');
    node.configure();
    node.mount('trust').update({ 'ca.crt': identity('one')['ca.crt'].replace('\nca\n', '\nca of all\n') });
    const { 'ca.crt': _, ...rest } = identity('one');
    node.present(rest);
    node.start({ MIRROR_TRUST_FOLDER: trust });
    await node.until(() => node.published);
    const ca = keys('docker.io').find((name) => name.includes('.ca.')) ?? '';
    expect(node.read(`docker.io/${ca}`)).toContain('ca of all');
    node.mount('trust').update({ 'ca.crt': identity('one')['ca.crt'] });
    await node.logged('published docker.io', 2);
    expect(node.log.match(/published docker.io \(version (\w+)\)/g)).toHaveLength(2);
  });
});
