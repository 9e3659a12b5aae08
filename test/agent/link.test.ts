import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create({}, true);
});
afterEach(() => Node.disposeAll());

const etc = () => join(node.list, 'etc');
const linked = () => /^secured_mirror_default_list_linked (\d)$/m.exec(node.report)?.[1];
const published = async () => {
  node.start();
  await node.until(() => node.published);
};

describe('the default list of containerd', () => {
  it('leads to the settings while the agent runs', async () => {
    await published();
    expect(node.listed).toBe('settings');
    expect(existsSync(join(node.list, 'etc/docker/certs.d/docker.io/hosts.toml'))).toBe(true);
    await node.until(() => linked() === '1');
    expect(node.log).toContain(`linked ${node.hosts}:/etc`);
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.list)).toEqual([]);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('leads there also while the mirror is not ready, so that settings of others do not come and go with it', async () => {
    node.proxy = 'unready';
    node.start();
    await node.logged('the proxy is not ready');
    await node.tick();
    expect(node.listed).toBe('settings');
  });

  it.each(['etc', 'docker'])('leads there again when others removed %s', async (part) => {
    await published();
    rmSync(part === 'etc' ? etc() : join(node.states, '.default-list/docker'));
    await node.until(() => node.listed === 'settings');
  });

  it('leads there until the mirror is withdrawn: a pull that has read hosts.toml finds files of others by it', async () => {
    const last = join(node.root, 'last');
    node.write('docker.io/hosts.toml', 'server = "http://a"\n');
    node.tool(
      'rm',
      `#!/bin/sh\ncase $* in *:/etc) cp ${node.hosts}/docker.io/hosts.toml ${last} ;; esac\nexec /bin/rm "$@"\n`,
    );
    await published();
    expect(await node.stop()).toBe(0);
    expect(readFileSync(last, 'utf8')).toBe('server = "http://a"\n');
  });

  it('is of no account for what is to do before the proxy starts', async () => {
    expect(await node.prepare()).toBe(0);
    expect(node.log).not.toContain('unbound');
    expect(linked()).toBeUndefined();
    expect(node.tree(node.list)).toEqual([]);
  });

  it('is left alone where nobody asks for the link', async () => {
    await node.dispose();
    node = await Node.create();
    await published();
    expect(node.tree(node.list)).toEqual([]);
    expect(linked()).toBeUndefined();
  });
});

describe('what others have in its place', () => {
  const others: [string, () => void][] = [
    ['a folder', () => mkdirSync(join(etc(), 'docker/certs.d/docker.io'), { recursive: true })],
    ['an empty folder', () => mkdirSync(etc())],
    ['a file', () => writeFileSync(etc(), '')],
    ['a link to elsewhere', () => symlinkSync(node.states, etc())],
    ['a link to nothing', () => symlinkSync('/nowhere', etc())],
  ];

  it.each(others)('stays: %s', async (_, make) => {
    make();
    const before = node.tree(node.list);
    await published();
    await node.logged(`containerd's default list does not lead to the settings: look at ${node.hosts}:/etc`);
    await node.until(() => linked() === '0');
    await node.tick();
    expect(node.log.split('does not lead')).toHaveLength(2);
    expect(node.log).not.toContain('ln: ');
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.list)).toEqual(before);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('stays and serves where it leads to the settings, too', async () => {
    mkdirSync(join(etc(), 'docker'), { recursive: true });
    symlinkSync(node.hosts, join(etc(), 'docker/certs.d'));
    const before = node.tree(node.list);
    await published();
    await node.until(() => linked() === '1');
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.list)).toEqual(before);
  });

  it('stays when they put it there while the agent runs, and makes room when they take it away', async () => {
    await published();
    rmSync(etc());
    mkdirSync(join(etc(), 'docker/certs.d'), { recursive: true });
    await node.until(() => linked() === '0');
    expect(lstatSync(etc()).isDirectory()).toBe(true);
    rmSync(etc(), { recursive: true });
    await node.until(() => linked() === '1');
    expect(readlinkSync(etc())).toBe(join(node.states, '.default-list'));
  });
});

describe('the link of an agent that was killed', () => {
  const killed = async () => {
    await published();
    await node.stop('SIGKILL');
    expect(node.listed).toBe('settings');
  };

  it('stays for the next one, which removes it when it stops', async () => {
    await killed();
    const same = join(node.states, '.default-list', 'same');
    writeFileSync(same, '');
    await published();
    expect(existsSync(same)).toBe(true);
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.list)).toEqual([]);
  });

  it('leads nowhere once the next one is to link nothing, though that one does not see the folder', async () => {
    await killed();
    node.start({ MIRROR_LIST_FOLDER: '' });
    await node.until(() => node.published);
    expect(node.listed).toBe('nothing');
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.states)).toEqual([]);
  });

  it('leads nowhere after a reboot', async () => {
    await killed();
    rmSync(join(node.states, '.default-list'), { recursive: true });
    expect(node.listed).toBe('nothing');
    await published();
    expect(node.listed).toBe('settings');
    expect(await node.stop()).toBe(0);
    expect(node.tree(node.list)).toEqual([]);
  });
});
