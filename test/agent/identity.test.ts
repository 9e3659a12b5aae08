import { readdirSync } from 'node:fs';
import { identity, Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

/** Version that a registry's hosts.toml names. */
const version = (registry = 'docker.io') => /client\.(\w+)\.pem"/.exec(node.read(`${registry}/hosts.toml`))?.[1] ?? '';
const versions = (registry: string) =>
  readdirSync(node.path(registry)).flatMap((file) => /^\.secured-mirror\.client\.(\w+)\.pem$/.exec(file)?.[1] ?? []);
const started = async (registries = 'docker.io') => {
  node.start({ MIRROR_REGISTRIES: registries });
  await node.until(() => node.published);
};
const rotated = async (files: Record<string, string>) => {
  const before = version();
  node.present(files);
  await node.until(() => ![before, ''].includes(version()));
};

describe('the identity', () => {
  it('is taken over when it changes, and the old key goes when no pull can be using it', async () => {
    node.write('quay.io/hosts.toml', 'server = "https://a"\n');
    const before = node.tree();
    await started('docker.io quay.io');
    const [one] = versions('quay.io');
    await rotated(identity('two'));
    await node.tick();
    for (const registry of ['docker.io', 'quay.io']) {
      expect(version(registry)).not.toBe(one);
      expect(versions(registry).sort()).toEqual([one, version(registry)].sort());
      expect(node.read(`${registry}/.secured-mirror.client.${version(registry)}.pem`)).toContain('secret two');
    }
    // Another agent goes on with what this one left.
    await node.stop('SIGKILL');
    node.start({ MIRROR_REGISTRIES: 'docker.io quay.io', MIRROR_KEY_SECONDS: '1' });
    for (const registry of ['docker.io', 'quay.io'])
      await node.until(() => versions(registry).join() === version(registry));
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('is checked once for each content', async () => {
    await started();
    await node.tick();
    expect(node.checks).toBe(1);
    node.present(identity('one'));
    await node.tick();
    expect(node.checks).toBe(1);
    node.present({ ...identity('one'), 'tls.key': identity('two')['tls.key'] });
    await node.logged('the identity is of no use');
    await node.tick();
    expect(node.checks).toBe(2);
  });

  it('is asked about again when the check could not be made', async () => {
    node.tool('validate', '#!/usr/bin/env bash\nkill -9 $$\n');
    node.start();
    await node.logged('the identity could not be checked');
    expect(node.tree()).toEqual([]);
    node.tool('validate', '#!/usr/bin/env bash\nexit 0\n');
    await node.until(() => node.published);
  });

  const { 'ca.crt': ca, 'tls.crt': leaf, 'tls.key': key } = identity('two');
  const useless: Record<string, [() => void, string]> = {
    'that is gone': [() => node.hideIdentity(), 'cannot be read'],
    'without a key': [() => node.present({ 'tls.crt': leaf, 'ca.crt': ca }), 'cannot be read'],
    'that is empty': [() => node.present({ 'tls.crt': '', 'tls.key': '', 'ca.crt': '' }), 'is of no use'],
    'that is no PEM': [() => node.present({ 'tls.crt': 'leaf', 'tls.key': key, 'ca.crt': ca }), 'is of no use'],
    'without a CA in it': [() => node.present({ 'tls.crt': leaf, 'tls.key': key, 'ca.crt': '\n' }), 'is of no use'],
    'with the key of another': [
      () => node.present({ ...identity('two'), 'tls.key': identity('three')['tls.key'] }),
      'is of no use',
    ],
  };
  it.each(Object.keys(useless))('%s is not published, and does not replace a good one', async (name) => {
    const [present, complaint] = useless[name] ?? [];
    present?.();
    node.start();
    await node.logged(`the identity ${complaint}`);
    await node.tick();
    expect(node.tree()).toEqual([]);
    expect(node.published).toBe(false);
    node.present(identity('one'));
    await node.until(() => node.published);
    const before = [...node.tree(), ...node.tree(node.states)];
    present?.();
    await node.logged(`the identity ${complaint}`, 2);
    await node.tick();
    expect([...node.tree(), ...node.tree(node.states)]).toEqual(before);
    expect(node.published).toBe(true);
  });

  it('of no use is not published again after the proxy was away', async () => {
    await started();
    node.hideIdentity();
    node.proxy = 'unready';
    await node.until(() => !node.published);
    node.proxy = 'ready';
    await node.logged('the identity cannot be read');
    await node.tick();
    expect(node.tree()).toEqual([]);
  });
});
