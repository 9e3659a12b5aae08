import { checkEnvironment, nodes } from './environment';
import { kubectl } from './kubectl';
import { processOf } from './load';
import { giveCredentials, methods, PROPAGATION, stackWith } from './methods';
import { type Metrics, scrapeAgent, scraperNamespace, startScraperWithPassword, total } from './metrics';
import { inNode } from './nodes';
import { deleteNamespaces, newNamespace, type Toolbox } from './pods';
import { giveCredential, newPassword } from './secrets';
import { label, lives, report, reported, spread } from './spread';
import { type Installed, install, mirrorPodOn, mirrorPods, NAMESPACE, uninstall } from './stack';
import { expectPulled, expectUndisturbed, Traffic, told } from './traffic';

jest.setTimeout(900_000);

const PHASE = 'secured_mirror_credential_phase';
const GENERATION = 'secured_mirror_credential_version_info';

describe('a new password', () => {
  let stack: Installed | undefined;
  let traffic: Traffic;
  let scraper: Toolbox;
  const rows: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const namespace = await scraperNamespace();
    stack = await install(stackWith(methods.basic, namespace), giveCredentials);
    scraper = await startScraperWithPassword(namespace, nodes()[0]);
    traffic = await Traffic.prepare(await newNamespace('tenant'));
  });

  afterAll(async () => {
    await traffic?.end();
    await Promise.all([uninstall(stack), deleteNamespaces()]);
    console.log(rows.join('\n'));
  });

  const newest = async () => label(await report(await mirrorPodOn(nodes()[0])), GENERATION, 'newest');
  /** Waits until all nodes show one generation, another one than before, and take no other. */
  const done = (before: string | undefined, seconds: number) => {
    const seen = new Set<string | undefined>();
    return reported('the new password alone on every node', seconds, (metrics) => {
      seen.add(label(metrics, GENERATION, 'newest'));
      const shown = label(metrics, GENERATION, 'presented');
      const alone = total(metrics, 'secured_mirror_credential_versions') === 1 && total(metrics, PHASE) === 0;
      return shown !== undefined && shown !== before && shown === label(metrics, GENERATION, 'newest') && alone;
    }).then(() => expect([...seen].filter((tag) => tag !== before)).toHaveLength(1));
  };
  const phase = (number: number, node: string) =>
    reported(
      `phase ${number} on ${node}`,
      3 * PROPAGATION,
      (metrics) => total(metrics, PHASE) === number,
      (pod) => pod.node === node,
    );

  test('costs no request, also when agents are ended meanwhile', async () => {
    const [first, second] = nodes();
    // One that is told to end takes its settings back, so that one is where no requests are counted.
    const other = (await mirrorPods()).map(({ node }) => node).find((node) => node !== first && node !== second);
    const [before, old] = [await lives(), await newest()];
    const row = await traffic.during(async () => {
      await giveCredential(newPassword());
      await spread();
      await phase(1, first);
      await inNode(first, 'kill', '-KILL', await processOf(await mirrorPodOn(first), 'bash'));
      if (other !== undefined) {
        await phase(2, other);
        const { name } = await mirrorPodOn(other);
        await kubectl(['-n', NAMESPACE, 'exec', name, '-c', 'node-agent', '--', 'bash', '-c', 'kill 1']);
      }
      await done(old, 5 * PROPAGATION);
    });
    rows.push(told('password', row));
    expectUndisturbed(row);
    await traffic.flows();
    const expected = Object.entries(before).map(([pod, restarts]) => {
      const ended = [first, other].filter((node) => pod.startsWith(`${node} `)).length;
      return [pod, { ...restarts, 'node-agent': (restarts['node-agent'] ?? 0) + ended }];
    });
    expect(await lives()).toEqual(Object.fromEntries(expected));
  });

  test('that takes the place of the old one at once costs requests, so these tests can fail', async () => {
    const old = await newest();
    const row = await traffic.during(async () => {
      await giveCredential(newPassword(), undefined, { 'drop-old': 'now' });
      await spread();
      await done(old, 60);
    });
    rows.push(told('password, the old one dropped at once', row));
    expect(row.node.refused + row.peer.refused).toBeGreaterThan(0);
    expectPulled(row);
    await traffic.flows();
  });

  test('that does not reach a node is not enforced by those who hear from it', async () => {
    const [first, second] = nodes();
    // Away from `drop-old`, with the password that all have.
    const old = await newest();
    const lagging = await mirrorPodOn(second);
    const [kubelet = ''] = (await inNode(second, 'pgrep', '-x', 'kubelet')).trim().split('\n');
    const before = await lives();
    const others = (pod: { node: string }) => pod.node !== second;
    let seen: Metrics = new Map();
    // A kubelet that hangs brings nothing to its pods.
    await inNode(second, 'kill', '-STOP', kubelet);
    const row = await traffic
      .during(async () => {
        await giveCredential(newPassword());
        await spread(others);
        await reported(
          'the lagging node in the report',
          4 * PROPAGATION,
          (metrics) => total(metrics, 'secured_mirror_credential_lagging') === 1,
          (pod) => pod.node === first,
        );
        seen = await scrapeAgent(scraper, (await mirrorPodOn(first)).ip);
      })
      .finally(() => inNode(second, 'kill', '-CONT', kubelet));
    rows.push(told('password, one node without it', row));
    expect(total(seen, 'secured_mirror_credential_lagging')).toBe(1);
    expect(total(seen, 'secured_mirror_credential_versions')).toBe(2);
    expectPulled(row);
    await spread();
    await done(old, 8 * PROPAGATION);
    await traffic.flows();
    expect(await lives()).toEqual(before);
    expect((await mirrorPods()).map((pod) => pod.uid)).toContain(lagging.uid);
  });
});
