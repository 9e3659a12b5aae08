import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY, Node } from './node';

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
