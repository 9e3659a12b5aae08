import { linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Node } from './node';

const THEIRS = 'server = "http://a"\n';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

/** Starts an agent that may not publish, and ends when it has put things in order. */
const tidied = async () => {
  node.proxy = 'unready';
  node.start();
  await node.logged('the proxy is not ready');
  await node.tick();
};
const published = async () => {
  node.start();
  await node.until(() => node.published);
};

describe('an agent that was killed', () => {
  it('while it wrote into a folder of others', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    const before = node.tree();
    linkSync(node.path('docker.io/hosts.toml'), node.path('docker.io/.secured-mirror.original'));
    node.write('docker.io/.secured-mirror.client.0123456789ab.pem', 'key');
    node.write('docker.io/.secured-mirror.new', 'half a key');
    await tidied();
    expect(node.tree()).toEqual(before);
  });

  it('before it made the link', async () => {
    mkdirSync(join(node.states, 'docker.io'));
    writeFileSync(join(node.states, 'docker.io', '.secured-mirror.new'), 'half a key');
    await tidied();
    expect(node.tree()).toEqual([]);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('when what others wrote through its link had its folder but not its place', async () => {
    node.write('.secured-mirror.folder.docker.io/hosts.toml', THEIRS);
    await tidied();
    expect(node.tree(node.hosts, false)).toEqual([
      `${node.path('docker.io')}/ 755`,
      `${node.path('docker.io/hosts.toml')} 644 ${THEIRS}`,
    ]);
  });

  it('when what others wrote through its link had half a folder', async () => {
    mkdirSync(join(node.states, 'docker.io'));
    symlinkSync(join(node.states, 'docker.io'), node.path('docker.io'));
    writeFileSync(join(node.states, 'docker.io', 'hosts.toml'), THEIRS);
    node.write('.secured-mirror.folder.docker.io/hosts.toml', '');
    await tidied();
    expect(node.read('docker.io/hosts.toml')).toBe(THEIRS);
    expect(readdirSync(node.hosts)).toEqual(['docker.io']);
  });
});

describe('key material that others removed', () => {
  const removeKeys = () => {
    for (const name of readdirSync(node.path('docker.io')))
      if (name.endsWith('.pem')) rmSync(node.path('docker.io', name));
  };

  it.each(['in a folder of others', 'behind our link'])('%s comes back', async (where) => {
    if (where !== 'behind our link') node.write('docker.io/hosts.toml', THEIRS);
    await published();
    const before = readdirSync(node.path('docker.io'));
    removeKeys();
    await node.until(() => before.every((name) => readdirSync(node.path('docker.io')).includes(name)));
    node.violations.clear();
    await node.tick();
    expect(readdirSync(node.path('docker.io'))).toEqual(before);
  });

  it.each(['in a folder of others', 'behind our link'])(
    '%s ends the mirror when it cannot come back',
    async (where) => {
      if (where !== 'behind our link') node.write('docker.io/hosts.toml', THEIRS);
      const before = node.tree();
      await published();
      await node.stop('SIGKILL');
      removeKeys();
      node.hideIdentity();
      node.start();
      await node.logged('withdrew docker.io');
      node.violations.clear();
      await node.tick();
      expect(node.tree()).toEqual(before);
    },
  );
});
