import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BASIC, identity, Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const { 'tls.crt': leaf, 'tls.key': key, 'ca.crt': ca } = identity('one');

/** Says one line and hands over nothing. */
const waits = async (line: string, settings: Record<string, string> = {}) => {
  expect(await node.prepare(settings)).toBe(1);
  expect(node.log.split('\n').filter((said) => !said.includes('the settings are good'))).toEqual([
    expect.stringMatching(`Z ${line}`),
    '',
  ]);
  expect(readdirSync(node.dynamicFiles)).toEqual([]);
};

describe('before the proxy starts', () => {
  it('all dynamic files are written, and nothing is done to containerd', async () => {
    node.write('docker.io/hosts.toml', 'server = "https://a"\n');
    const before = node.tree();
    expect(await node.prepare()).toBe(0);
    expect(node.tree()).toEqual(before);
    expect(node.published).toBe(false);
    expect(readdirSync(node.dynamicFiles)).toHaveLength(5);
    expect(node.tree(join(node.root, 'tmp'))).toEqual([]);
    expect(statSync(node.states).mode & 0o777).toBe(0o700);
  });

  it.each(Object.keys(identity('one')))('the certificates are waited for: no %s', async (missing) => {
    node.present({ 'tls.crt': leaf, 'tls.key': key, 'ca.crt': ca, [missing]: '' });
    await waits(`waiting for the certificates: there is no .*/${missing}$`);
    node.present({});
    expect(await node.prepare()).toBe(1);
    node.present(identity('one'));
    expect(await node.prepare()).toBe(0);
  });

  it('the bundle is waited for where there is one', async () => {
    const trust = node.mount('trust');
    node.present({ 'tls.crt': leaf, 'tls.key': key });
    await waits('waiting for the certificates: there is no .*/trust/ca.crt$', { MIRROR_TRUST_FOLDER: trust.folder });
    trust.update({ 'ca.crt': ca });
    expect(await node.prepare({ MIRROR_TRUST_FOLDER: trust.folder })).toBe(0);
  });

  it.each([
    [{}, 'the Secret holds no username and password'],
    [{ username: 'a:b', password: 'planted' }, 'the user name of the credential holds a colon'],
  ])('the credential is waited for: %j', async (files, reason) => {
    node.configure(BASIC);
    node.credential.update(files);
    await waits(`waiting for the credential: ${reason}`);
    expect(node.log).not.toContain('planted');
  });

  it('certificates do not matter to basic authentication alone, nor does a credential to mutual TLS', async () => {
    expect(await node.prepare()).toBe(0);
    node.configure(BASIC);
    node.present({});
    node.credential.update({ username: 'mirror', password: 'first' });
    expect(await node.prepare()).toBe(0);
    node.configure({ accept: 'basic mutual-tls' });
    expect(await node.prepare()).toBe(1);
  });

  it('a credential that the node knows will do', async () => {
    node.configure(BASIC);
    node.credential.update({ username: 'mirror', password: 'first' });
    expect(await node.prepare()).toBe(0);
    node.credential.update({});
    expect(await node.prepare()).toBe(0);
    expect(existsSync(join(node.dynamicFiles, 'users.json'))).toBe(true);
  });
});
