import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY, Node } from './node';
import { ProbedRoot } from './probed-root';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const probed = (registries = 'docker.io') =>
  new ProbedRoot(node.root).probe({
    PROBE_HOSTS: '/certs.d',
    PROBE_STATE: node.states,
    PROBE_REGISTRIES: registries,
  }).registries;

/** What the probe foretells, and then the agent's own words. */
async function said(registries = 'docker.io'): Promise<string> {
  const [{ kind, reason } = { kind: '', reason: '' }] = probed(registries);
  node.start({ MIRROR_REGISTRIES: `${registries} other.example` });
  await node.until(() => node.published);
  const refused = /not mirroring docker\.io: (.*)/.exec(node.log)?.[1];
  expect(refused ?? '').toBe(
    reason
      .replace(/^_default: (it may)/, '_default may')
      .replace(/^_default: .*/, 'the settings of _default cannot be read'),
  );
  expect(refused === undefined ? node.mirrored('docker.io') : false).toBe(kind !== 'refused');
  return refused ?? kind;
}

describe('what the probe says of a registry is what the agent does', () => {
  it.each([
    ['certificates alone', 'ca.crt', 'pem', 'it may rely on certificates beside its hosts.toml'],
    ['a multi-line string', 'hosts.toml', 'server = """\nhttps://a"""\n', 'others use a value'],
    ['very many lines', 'hosts.toml', '#\n'.repeat(2001), 'its hosts.toml has more than 2000 lines'],
    ['many lines', 'hosts.toml', '#\n'.repeat(1995), 'its hosts.toml has more than 2000 lines with ours'],
    ['a long text', 'hosts.toml', '#'.repeat(70_000), 'its hosts.toml is longer than 65536 bytes'],
    ['an inline host', 'hosts.toml', 'host = {}\n', 'others use a key "host"'],
    ['the mirror itself', 'hosts.toml', `[host."${ENTRY}"]\n`, 'others name 127.0.0.1:30020 already'],
    ['bytes that are no text', 'hosts.toml', 'server = "\0"\n', 'its hosts.toml cannot be read'],
    ['a mirror of others', 'hosts.toml', 'server = "https://a"\n[host."https://b"]\n', 'joined'],
    ['nothing but a text', 'notes.txt', 'x', 'joined'],
  ])('%s', async (_, name, text, words) => {
    node.write(`docker.io/${name}`, text);
    expect(await said()).toContain(words);
  });

  it('a folder that is a link', async () => {
    mkdirSync(join(node.root, 'elsewhere'));
    symlinkSync(join(node.root, 'elsewhere'), node.path('docker.io'));
    expect(await said()).toBe('its folder is not a real one');
  });

  it('a hosts.toml that is a link', async () => {
    mkdirSync(node.path('docker.io'));
    symlinkSync('../shared.toml', node.path('docker.io/hosts.toml'));
    expect(await said()).toBe('its hosts.toml is a link');
  });

  it.each([
    ['settings', 'hosts.toml', '[host."https://b"]\n', 'default'],
    ['certificates', 'ca.crt', 'pem', '_default may rely on certificates beside its hosts.toml'],
    ['a link as its hosts.toml', 'hosts.toml', '', 'the settings of _default cannot be read'],
  ])('%s of _default', async (what, name, text, words) => {
    if (what.startsWith('a link')) {
      mkdirSync(node.path('_default'));
      symlinkSync('../shared.toml', node.path('_default/hosts.toml'));
    } else node.write(`_default/${name}`, text);
    expect(await said()).toBe(words);
  });

  it('nothing, and afterwards the folder of the agent', async () => {
    expect(await said()).toBe('none');
    expect(probed()).toEqual([{ registry: 'docker.io', kind: 'ours', reason: '' }]);
  });
});
