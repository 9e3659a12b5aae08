import { join } from 'node:path';
import { Dns, type Records } from './dns';
import { Node } from './node';

const NAME = 'mirror-peers.mirror-ten.svc'; // a label of ten letters: its length is a line feed
const FULL = `${NAME}.cluster.local`;
const OWN = '10.244.1.10';
const WAITING = 'this is the only mirror: waiting for one on a second node';

let node: Node;
let dns: Dns;

/** Starts an agent whose Spegel is alive and has no peers. */
async function start(records: Records, more: Record<string, string> = {}): Promise<void> {
  node = await Node.create();
  dns = await Dns.start(records);
  node.proxy = 'unconnected';
  const search = 'mirror-ten.svc.cluster.local svc.cluster.local cluster.local';
  node.replace('resolv.conf', `nameserver 127.0.0.1\nnameserver 127.0.0.2\nsearch ${search}\noptions ndots:5\n`);
  node.start({
    MIRROR_RESOLVER: join(node.root, 'resolv.conf'),
    MIRROR_DNS_PORT: `${dns.port}`,
    MIRROR_PEERS: NAME,
    MIRROR_ADDRESS: OWN,
    ...more,
  });
}

const only = () => /^secured_mirror_only_mirror (\d)$/m.exec(node.report)?.[1];

afterEach(async () => {
  await Node.disposeAll();
  Dns.stopAll();
});

describe('the only mirror', () => {
  it('is in use, and says that it waits for a second one', async () => {
    await start({ [FULL]: [OWN] });
    await node.until(() => node.published);
    expect(node.mirrored('docker.io')).toBe(true);
    expect(node.log).toContain(WAITING);
    await node.until(() => only() === '1');
    expect(dns.asked.slice(0, 3)).toEqual([`${NAME}.mirror-ten.svc.cluster.local`, `${NAME}.svc.cluster.local`, FULL]);
  });

  it('is found behind another name', async () => {
    await start({ [FULL]: ['=peers.elsewhere.local', OWN] });
    await node.until(() => node.published);
  });

  it.each([
    ['fd00:10:244::1:a', 'fd00:10:244:0:0:0:1:a'],
    ['fd00::', 'fd00:0:0:0:0:0:0:0'],
    ['fd00:1:2:3:4:5:6:abcd', 'fd00:1:2:3:4:5:6:abcd'],
  ])('is found by its IPv6 address %s', async (own, known) => {
    await start({ [FULL]: [known, OWN] }, { MIRROR_ADDRESS: own });
    await node.until(() => node.published);
  });

  it('keeps its settings when a second one comes and goes, and says each once', async () => {
    await start({ [FULL]: [OWN] });
    await node.until(() => node.published);
    node.proxy = 'ready';
    await node.until(() => only() === '0');
    const asked = dns.asked.length;
    await node.tick();
    // Whoever has peers asks nobody.
    expect(dns.asked).toHaveLength(asked);
    node.proxy = 'unconnected';
    await node.until(() => only() === '1');
    expect(node.published).toBe(true);
    expect(node.log).not.toContain('withdrew');
    expect(node.log.split(WAITING)).toHaveLength(3);
  });

  it('is not in use any more when there is a second one that it does not reach', async () => {
    await start({ [FULL]: [OWN] });
    await node.until(() => node.published);
    dns.records = { [FULL]: ['10.244.2.7', OWN] };
    await node.until(() => !node.published);
    expect(node.tree()).toEqual([]);
    expect(node.log).toContain('the proxy is not ready');
    await node.until(() => only() === '0');
  });

  it('is not in use when its Spegel does not answer', async () => {
    await start({ [FULL]: [OWN] });
    await node.until(() => node.published);
    node.proxy = 'unready';
    await node.until(() => !node.published);
    expect(node.tree()).toEqual([]);
  });
});

describe('nobody counts as the only mirror', () => {
  it.each<[string, Records]>([
    ['with another one', { [FULL]: [OWN, '10.244.2.7'] }],
    ['with another one behind another name', { [FULL]: ['=peers.elsewhere.local', OWN, '10.244.2.7'] }],
    ['when only another one is known', { [FULL]: ['10.244.2.7'] }],
    ['when there is no such name', {}],
    ['when the name leads nowhere', { [FULL]: [] }],
    ['when DNS fails', { [FULL]: 'failure' }],
    ['when DNS gives part of an answer', { [FULL]: 'truncated' }],
    ['when DNS is silent', { [`${NAME}.mirror-ten.svc.cluster.local`]: 'silence', [FULL]: [OWN] }],
  ])('%s', async (_, records) => {
    await start(records);
    await node.logged('the proxy is not ready');
    const asked = dns.asked.length;
    await node.until(() => dns.asked.length > asked);
    expect(node.published).toBe(false);
    expect(node.tree()).toEqual([]);
    expect(node.log).not.toContain(WAITING);
    expect(only()).toBe('0');
  });

  it('without a server to ask', async () => {
    await start({ [FULL]: [OWN] }, { MIRROR_RESOLVER: '/dev/null' });
    await node.logged('the proxy is not ready');
    await node.tick();
    expect(node.published).toBe(false);
    expect(dns.asked).toEqual([]);
  });
});
