import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY, MEASURES, Node } from './node';
import { hostsOf, parseToml } from './toml';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const mirrors = (registry = 'docker.io') => hostsOf(parseToml(node.read(`${registry}/hosts.toml`)));
const started = async (registries = 'docker.io') => {
  node.start({ MIRROR_REGISTRIES: registries, ...MEASURES });
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

describe('_default in the list', () => {
  const count = () => /^secured_mirror_unreached_folders (\d+)$/m.exec(node.report)?.[1];
  const named = () => [...node.report.matchAll(/unreached_folder_info\{folder="(.*)"\} 1/g)].map(([, name]) => name);

  it('says which folders it does not reach, and follows them', async () => {
    node.write('quay.io/hosts.toml', 'server = "https://a"\n');
    node.write('localhost:5000/ca.crt', 'pem');
    mkdirSync(node.path('empty.io'));
    mkdirSync(node.path('a "name"'));
    node.write('file', 'no folder');
    symlinkSync('quay.io', node.path('link.io'));
    symlinkSync('nowhere', node.path('dangling.io'));
    await started('_default docker.io');
    await node.until(() => count() === '5');
    expect(named()).toEqual(['empty.io', 'link.io', 'localhost:5000', 'quay.io']);
    await node.logged(
      '_default does not reach registries with a folder of their own on this node: empty.io link.io localhost:5000 quay.io and 1 more\n',
    );
    for (const name of ['empty.io', 'a "name"', 'localhost:5000', 'link.io', 'quay.io'])
      rmSync(node.path(name), { recursive: true });
    await node.measure();
    await node.logged('_default reaches all registries');
    await node.until(() => count() === '0');
    node.write('new.io/ca.crt', 'pem');
    await node.measure();
    await node.logged('of their own on this node: new.io\n');
  });

  it('says it of many in few words', async () => {
    for (let i = 0; i < 300; i++) mkdirSync(node.path(`r${i}.example.com`));
    await started('_default');
    await node.until(() => count() === '300');
    expect(named()).toHaveLength(20);
    await node.logged(' and 280 more\n');
  });

  it('stands beside registries with settings of their own, which are mirrored too', async () => {
    node.write('quay.io/hosts.toml', 'server = "https://a"\n');
    const before = node.tree();
    await started('_default docker.io quay.io');
    for (const registry of ['_default', 'docker.io', 'quay.io']) expect(mirrors(registry)).toEqual([ENTRY]);
    await node.until(() => count() === '0');
    // After a reboot, before ours are back.
    await node.stop('SIGKILL');
    for (const folder of readdirSync(node.states)) rmSync(join(node.states, folder), { recursive: true });
    await started('docker.io _default quay.io');
    expect(node.log).not.toContain('not mirroring');
    await node.stop();
    expect(node.tree()).toEqual(before);
  });
});
