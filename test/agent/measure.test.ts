import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../src/cli/status/report';
import { usageCounters } from '../../src/mirror/contract/http';
import { MEASURES, Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const { before, after } = usageCounters.requests;
const counts = (requests: number, peerBytes = 0) => ({
  [`${before}docker.io${after}`]: requests,
  [usageCounters.otherRequests]: 0,
  [usageCounters.peerBytes]: peerBytes,
});
const metrics = (content: number) =>
  `process_start_time_seconds 1.7e+09\nspegel_advertised_content_digests{registry="docker.io"} ${content}\n` +
  'spegel_mirror_last_success_timestamp_seconds 0\n';
const usage = () => parseReport(node.report)?.usage;

describe('the agent measures what the mirror is used for', () => {
  it('and reports it', async () => {
    node.counts = counts(0);
    node.spegel = metrics(3);
    node.start(MEASURES);
    await node.until(() => node.published);
    for (let i = 0; i < 3; i++) await node.measure();
    expect(usage()).toMatchObject({ requests: { 'docker.io': 0 }, bypassed: [] });
    for (const kind of ['{', '{', 'layer']) writeFileSync(join(node.blobs, randomBytes(32).toString('hex')), kind);
    node.spegel = metrics(6);
    await node.measure();
    expect(usage()?.bypassed).toEqual(['docker.io']);
    await node.logged('pulls from docker.io go past the mirror');
    node.counts = counts(4, 900);
    await node.measure();
    expect(usage()).toMatchObject({ requests: { 'docker.io': 4 }, peerBytes: 900, bypassed: [] });
    await node.logged('pulls from docker.io come to the mirror again');
    expect(node.log).not.toContain('awk');
  });

  it('and goes on without answers of the proxy or Spegel', async () => {
    node.counts = 'error';
    node.start(MEASURES);
    await node.until(() => node.published);
    await node.measure();
    expect(usage()).toBeUndefined();
    expect(node.published).toBe(true);
    node.counts = 'silent';
    node.uptime = 5000;
    await node.tick();
    expect(node.published).toBe(true);
  });

  it('and reads no answer without end', async () => {
    node.counts = counts(0);
    node.spegel = `# ${'x'.repeat(9 * 1024 * 1024)}\n${metrics(3)}`;
    node.start(MEASURES);
    await node.until(() => node.published);
    for (let i = 0; i < 3; i++) await node.measure();
    for (const kind of ['{', '{', 'layer']) writeFileSync(join(node.blobs, randomBytes(32).toString('hex')), kind);
    node.spegel = `# ${'x'.repeat(9 * 1024 * 1024)}\n${metrics(6)}`;
    await node.measure();
    expect(usage()).toMatchObject({ requests: { 'docker.io': 0 }, bypassed: [] });
  });

  it('and knows what it knew after it was killed', async () => {
    node.counts = counts(7);
    node.spegel = metrics(3);
    node.start(MEASURES);
    await node.until(() => node.published);
    await node.measure();
    await node.stop('SIGKILL');
    node.counts = counts(2); // the proxy began anew
    node.start(MEASURES);
    await node.until(() => usage()?.requests['docker.io'] === 9);
  });

  it('and not while it prepares', async () => {
    node.counts = counts(0);
    expect(await node.prepare(MEASURES)).toBe(0);
    expect(existsSync(join(node.root, 'status/usage'))).toBe(false);
  });
});
