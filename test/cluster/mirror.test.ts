import { stackFile, type Verdict, verdict } from './check-command';
import { checkTests, faults } from './checks';
import { DamagedSettings } from './damage';
import { directPathTests } from './direct-path';
import { checkEnvironment, nodes } from './environment';
import { get, kubectl } from './kubectl';
import { processOf } from './load';
import { type Metrics, scrape, scraperNamespace, startScraper, total } from './metrics';
import { allNodes, inNode, listing, SETTINGS, STATE } from './nodes';
import { deleteNamespaces, newNamespace, type Pull, pullOnce, type Toolbox } from './pods';
import { bytesOf, openRegistry, pushNew, watch } from './registry';
import { eventually, sleep } from './run';
import { secondPull, told } from './second-pull';
import {
  type Installed,
  installAsUser,
  mirrorPodOn,
  mirrorPods,
  NAMESPACE,
  ready,
  testCluster,
  uninstall,
} from './stack';

jest.setTimeout(900_000);

describe('the mirror on a cluster', () => {
  let stack: Installed | undefined;
  let tenant: string;
  let scraper: Toolbox;
  let preflight: Verdict;
  const before = new Map<string, string>();
  const measured: string[] = [];
  const measure = (text: string) => measured.push(text);
  const durations = (pulls: Pull[]) => pulls.map((p) => `${p.node} ${p.seconds.toFixed(1)} s`).join(', ');

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    for (const { name } of await allNodes()) {
      before.set(name, await listing(name, SETTINGS));
    }
    tenant = await newNamespace('tenant');
    preflight = await verdict('check', '--pre', '-f', stackFile(testCluster()));
    const namespace = await scraperNamespace();
    stack = await installAsUser(testCluster({ metrics: { from: [{ namespace }] } }));
    scraper = await startScraper(namespace, nodes()[0]);
  });

  afterAll(async () => {
    await uninstall(stack);
    await deleteNamespaces();
    console.log(measured.join('\n'));
  });

  const scrapeNode = async (node: string): Promise<Metrics> => scrape(scraper, (await mirrorPodOn(node)).ip);

  test('runs on every node, with no restart and no token', async () => {
    const { items } = await get('-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=mirror');
    expect(items).toHaveLength((await allNodes()).length);
    for (const { spec, status } of items) {
      const containers = [...status.initContainerStatuses, ...status.containerStatuses];
      const names = containers.map((c: { name: string }) => c.name);
      expect(names.sort()).toEqual(['node-agent', 'prepare', 'proxy', 'redirect', 'spegel']);
      // The first ends, and is started again, until the Secrets are there.
      const restarted = containers.filter((c: { restartCount: number }) => c.restartCount > 0);
      expect(restarted.filter((c: { name: string }) => c.name !== 'prepare')).toEqual([]);
      expect(JSON.stringify(spec.volumes)).not.toContain('serviceAccountToken');
    }
  });

  test('the proxy took all of its configuration', async () => {
    for (const { name, ip } of await mirrorPods()) {
      const log = await kubectl(['-n', NAMESPACE, 'logs', name, '-c', 'proxy']);
      expect(log).not.toMatch(/reject|\[(error|critical)\]|deprecat/i);
      const metrics = await scrape(scraper, ip);
      expect(total(metrics, 'envoy_listener_manager_lds_update_rejected')).toBe(0);
      expect(total(metrics, 'envoy_cluster_manager_cds_update_rejected')).toBe(0);
      expect(total(metrics, 'envoy_listener_manager_listener_create_failure')).toBe(0);
    }
  });

  test('key material on the nodes is for root alone', async () => {
    for (const { name } of await allNodes()) {
      // A hosts.toml that others made keeps its mode: nothing in it is secret.
      const ours = ['(', '-path', `${STATE}/*`, '-o', '-name', '.secured-mirror.*.pem', ')'];
      const kind = (type: string) => [
        'find',
        `${STATE}/`,
        `${SETTINGS}/`,
        '-type',
        type,
        ...ours,
        '-printf',
        '%m %U\\n',
      ];
      const modes = async (type: string) => new Set((await inNode(name, ...kind(type))).trim().split('\n'));
      expect(await modes('f')).toEqual(new Set(['600 0']));
      expect(await modes('d')).toEqual(new Set(['700 0']));
      expect((await inNode(name, 'stat', '-c', '%a %U %G', STATE)).trim()).toBe('700 root root');

      const readable = ['find', `${STATE}/`, `${SETTINGS}/`, '-type', 'f', '-perm', '/077', '-exec', 'cat', '{}', '+'];
      expect(await inNode(name, ...readable)).not.toContain('PRIVATE KEY');
      const published = await inNode(name, 'grep', '-rl', 'secured-mirror', '--include=hosts.toml', `${SETTINGS}/`);
      expect(published.trim().split('\n')).toHaveLength(2);
      const link = await inNode(name, 'readlink', `${SETTINGS}/without-settings.example.com`);
      expect(link.trim()).toBe(`${STATE}/without-settings.example.com`);
    }
  });

  test('a second node gets every blob from the first, through both proxies', async () => {
    const [first, second] = nodes();
    let [served, asked]: Metrics[] = [];
    const pulls = await secondPull(tenant, openRegistry(), {}, async () => {
      [served, asked] = [await scrapeNode(first), await scrapeNode(second)];
    });
    expect(bytesOf(pulls.first.blobs)).toBe(pulls.image.bytes);
    expect(pulls.second.blobs).toEqual([]);

    const all = pulls.image.blobs.length;
    const grown = (before: Metrics | undefined, after: Metrics, listener: string) => {
      const labels = ['envoy_response_code_class="2"', `conn_manager_prefix="${listener}"`];
      const count = (metrics: Metrics = new Map()) => total(metrics, 'envoy_http_downstream_rq_xx', ...labels);
      return count(after) - count(before);
    };
    const [servedAfter, askedAfter] = [await scrapeNode(first), await scrapeNode(second)];
    expect(grown(asked, askedAfter, 'entry')).toBeGreaterThanOrEqual(all);
    expect(grown(asked, askedAfter, 'egress-registry')).toBeGreaterThanOrEqual(all);
    expect(grown(served, servedAfter, 'peers')).toBeGreaterThanOrEqual(all);
    measure(`peer to peer: ${told(pulls)}`);
  });

  test('check --pre finds before the install that only the Secrets are missing', () => {
    expect(faults(preflight).map((fault) => fault.split(':')[0])).toEqual(['problem secrets']);
    measure(`check --pre: ${preflight.findings.length} findings`);
  });

  describe('secure-mirror check', () => checkTests(measure));

  describe('the direct path', () => directPathTests(() => tenant, measure));

  test('lines of ours that others cut are put right, and no pull fails from then on', async () => {
    const node = nodes()[1];
    const ticks = await new DamagedSettings(node, openRegistry().host).cut();
    const pulls: Pull[] = [];
    for (let i = 0; i < 5; i++) {
      pulls.push(await pullOnce(tenant, node, (await pushNew(openRegistry())).reference));
    }
    measure(`hosts.toml cut: put right ${ticks} ticks later, then ${durations(pulls)}`);
  });

  test('a hosts.toml of 3 MiB is left alone, and the agent goes on', async () => {
    const settings = new DamagedSettings(nodes()[1], openRegistry().host);
    const shrink = await settings.grow();
    const ticks: number[] = [];
    await eventually('four more ticks', 60, async () => {
      ticks.push(await settings.tick());
      return new Set(ticks).size > 4;
    });
    await shrink();
    measure(`hosts.toml of 3 MiB: ticks at ${[...new Set(ticks)].map((tick) => tick - (ticks[0] ?? 0)).join(', ')} s`);
  });

  test('pulls go on at the origin when the proxy hangs', async () => {
    const node = nodes()[1];
    const images = [];
    for (let i = 0; i < 3; i++) {
      images.push(await pushNew(openRegistry()));
    }
    await inNode(node, 'kill', '-STOP', await processOf(await mirrorPodOn(node), 'envoy'));
    const pulls = await Promise.all(
      images.map(async (image, i) => {
        await sleep(i * 4000);
        return pullOnce(tenant, node, image.reference, { seconds: 90 });
      }),
    );
    measure(`SIGSTOP to the proxy of ${node}: ${durations(pulls)}`);
    await ready();
    await eventually(`the proxy of ${node} back in use`, 120, async () => {
      const image = await pushNew(openRegistry());
      await pullOnce(tenant, nodes()[0], image.reference);
      const count = watch(image);
      await pullOnce(tenant, node, image.reference);
      return (await count()).blobs.length === 0;
    });
  });

  test('pulls succeed while the mirror on the node is deleted over and over', async () => {
    const node = nodes()[0];
    const pulls: Pull[] = [];
    let deleted = 0;
    let going = true;
    const deleting = (async () => {
      while (going) {
        await kubectl(['-n', NAMESPACE, 'delete', 'pod', (await mirrorPodOn(node)).name, '--timeout=90s']);
        deleted++;
        await sleep(1000);
      }
    })();
    for (let i = 0; i < 12 || deleted < 3; i++) {
      const image = await pushNew(openRegistry());
      pulls.push(await pullOnce(tenant, node, image.reference));
    }
    going = false;
    await deleting;
    measure(
      `mirror on ${node} deleted ${deleted} times: ${pulls.length} of ${pulls.length} pulls, ${durations(pulls)}`,
    );
    await ready();
  });

  test('pulls succeed during a rolling restart', async () => {
    const pulls: Pull[] = [];
    let going = true;
    await kubectl(['-n', NAMESPACE, 'rollout', 'restart', 'daemonset/mirror']);
    const pulling = nodes().map(async (node) => {
      while (going || pulls.length <= 5) {
        pulls.push(await pullOnce(tenant, node, (await pushNew(openRegistry())).reference));
      }
    });
    const start = Date.now();
    const restart = ready().finally(() => {
      going = false;
    });
    await Promise.all([restart, ...pulling]);
    const slowest = Math.max(...pulls.map((p) => p.seconds)).toFixed(1);
    measure(
      `rolling restart in ${((Date.now() - start) / 1000).toFixed(0)} s: ${pulls.length} of ${pulls.length} pulls, ` +
        `slowest ${slowest} s`,
    );
    expect(pulls.length).toBeGreaterThan(5);
  });

  test('leaves nothing behind on the nodes', async () => {
    await uninstall(stack);
    for (const { name } of await allNodes()) {
      expect(await listing(name, SETTINGS)).toBe(before.get(name));
      expect(await inNode(name, 'bash', '-c', `shopt -s nullglob dotglob; echo ${STATE}/*`)).toBe('\n');
    }
    for (const node of nodes()) {
      const image = await pushNew(openRegistry());
      await pullOnce(tenant, node, image.reference);
    }
  });
});
