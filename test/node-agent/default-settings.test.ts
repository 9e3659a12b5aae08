import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { ENTRY, Node } from './node';
import { hostsOf, parseToml } from './toml';

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
