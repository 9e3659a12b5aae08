import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BASIC, ENTRY, Node } from './node';
import { usersIn, versionOf } from './version';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const FILES = ['injected.json', 'metrics-users.json', 'old.json', 'report.json', 'users.json'];
const RBAC = 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC';
const EXTENSION = 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig';
const refusal = (name: string) => ({
  '@type': EXTENSION,
  name,
  typed_config: { '@type': RBAC, rules: { action: 'ALLOW', policies: {} } },
});
const injected = () => Buffer.from(node.file('injected').generic_secret.secret.inline_bytes, 'base64').toString();

describe('the dynamic files', () => {
  it('exist with mutual TLS alone, and let nobody in by a password', async () => {
    node.credential.update({ username: 'mirror', password: 'first' });
    expect([await node.prepare(), readdirSync(node.dynamicFiles).sort()]).toEqual([0, FILES]);
    expect(node.file('users')).toEqual(refusal('users'));
    expect(node.file('metrics-users')).toEqual(refusal('metrics-users'));
    expect(node.file('old')).toEqual({ '@type': EXTENSION, name: 'old', typed_config: { '@type': RBAC } });
    expect(node.file('injected')).toMatchObject({ name: 'injected' });
    expect(injected()).toBe('none');
    expect(readdirSync(node.states)).toEqual([]);
  });

  it('exist with basic authentication', async () => {
    const { line, header } = versionOf('mirror', 'first');
    node.configure(BASIC);
    node.credential.update({ username: 'mirror', password: 'first' });
    expect([await node.prepare(), readdirSync(node.dynamicFiles).sort()]).toEqual([0, FILES]);
    expect(node.file('users')).toEqual({
      '@type': EXTENSION,
      name: 'users',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuth',
        users: { inline_bytes: Buffer.from(`${line}\n`).toString('base64') },
        forward_username_header: 'x-mirror-user',
      },
    });
    expect(node.file('metrics-users')).toEqual(refusal('metrics-users'));
    expect(injected()).toBe(header);
    const route = node.file('report').virtual_hosts[0].routes[0];
    expect(route).toMatchObject({ match: { path: '/metrics/agent' }, direct_response: { status: 200 } });
    expect(Buffer.from(route.direct_response.body.inline_bytes, 'base64').toString()).toBe(node.report);
  });

  it('count who sends an older version, whatever the user is called', async () => {
    const user = 'it\'s "\\me\\" ä';
    const old = versionOf(user, 'first');
    node.configure(BASIC);
    node.credential.update({ username: user, password: 'first' });
    node.start();
    await node.until(() => node.published);
    node.credential.update({ username: user, password: 'second' });
    await node.logged('accepting version');
    await node.tick();
    expect(node.file('old').typed_config).toEqual({
      '@type': RBAC,
      shadow_rules_stat_prefix: 'old_',
      shadow_rules: {
        action: 'ALLOW',
        policies: {
          old: {
            permissions: [{ any: true }],
            principals: [{ header: { name: 'x-mirror-user', string_match: { suffix: `.${old.name}` } } }],
          },
        },
      },
    });
  });

  it('forget the credential when basic authentication is over, and take it when it is back', async () => {
    const { line } = versionOf('mirror', 'first');
    node.configure({ accept: 'basic mutual-tls', present: 'mutual-tls' });
    node.credential.update({ username: 'mirror', password: 'first' });
    node.start();
    await node.until(() => node.published);
    expect(usersIn(node.file('users'))).toEqual([line]);
    node.configure();
    await node.logged('credential: forgotten');
    await node.tick();
    expect(node.file('users')).toEqual(refusal('users'));
    expect(injected()).toBe('none');
    expect(readdirSync(node.states)).toEqual(['docker.io']);
    expect(node.mirrored('docker.io')).toBe(true);
    node.configure({ accept: 'mutual-tls basic' });
    await node.until(() => node.file('users').typed_config.users !== undefined);
    expect(usersIn(node.file('users'))).toEqual([line]);
  });

  it('come back when they are lost, and when one could not be written', async () => {
    node.start();
    await node.until(() => node.published);
    await node.tick();
    for (const file of FILES) rmSync(join(node.dynamicFiles, file));
    await node.until(
      () => readdirSync(node.dynamicFiles).filter((file) => file.endsWith('.json')).length === FILES.length,
    );
    rmSync(join(node.dynamicFiles, 'users.json'));
    mkdirSync(join(node.dynamicFiles, '.secured-mirror.new'));
    await node.tick();
    rmSync(join(node.dynamicFiles, '.secured-mirror.new'), { recursive: true });
    await node.until(() => readdirSync(node.dynamicFiles).includes('users.json'));
    expect(statSync(join(node.dynamicFiles, 'users.json')).mode & 0o777).toBe(0o640);
  });
});

describe('the settings', () => {
  const good = { accept: 'mutual-tls', present: 'mutual-tls', entry: ENTRY, resolve: '', propagation: '180' };
  it.each<[string, Record<string, string>]>([
    ['an unknown way', { accept: 'mutual-tls token' }],
    ['no way', { accept: '' }],
    ['a way presented that is not accepted', { present: 'basic', entry: 'http://127.0.0.1:30020' }],
    ['an entry that does not fit', { entry: 'http://127.0.0.1:30020' }],
    ['an entry that would break out of its line', { entry: 'https://a"]\\n[x]' }],
    ['a registry that is none', { resolve: 'docker.io"' }],
    ['no time to propagation', { propagation: '0' }],
  ])('with %s change nothing', async (_, changes) => {
    node.start();
    await node.until(() => node.published);
    await node.tick();
    const before = [...node.tree(), ...node.tree(node.dynamicFiles)];
    node.configure({ ...good, ...changes });
    await node.logged('the settings are of no use: keeping those before');
    await node.tick();
    expect([...node.tree(), ...node.tree(node.dynamicFiles)]).toEqual(before);
  });

  it('are waited for', async () => {
    rmSync(join(node.root, 'settings'));
    expect(await node.prepare()).toBe(1);
    expect(node.log).toMatch(/^\S+ the settings cannot be read: waiting for others\n$/);
    node.start();
    await node.logged('the settings cannot be read: waiting for others', 2);
    await node.logged('the proxy is ready');
    await node.tick();
    expect(node.tree()).toEqual([]);
    node.configure();
    await node.until(() => node.published);
    rmSync(join(node.root, 'settings'));
    await node.logged('the settings cannot be read: keeping those before');
    expect(node.mirrored('docker.io')).toBe(true);
  });
});
