import { checkEnvironment, environment, nodes } from './environment';
import { forgeryTests } from './forgeries';
import { get, kubectl } from './kubectl';
import { scraperNamespace, servedBySpegel, startScraper } from './metrics';
import { allNodes } from './nodes';
import { installPlainSpegel } from './plain-spegel';
import { deleteNamespaces, newNamespace, pullOnce, startToolbox, type Toolbox } from './pods';
import { openRegistry, type PushedImage, pushNew } from './registry';
import { eventually } from './run';
import { giveCa, newCa } from './secrets';
import { lives } from './spread';
import {
  applyManifests,
  type Installed,
  installManifests,
  type MirrorPod,
  mirrorPods,
  NAMESPACE,
  synthAll,
  testCluster,
  uninstall,
} from './stack';
import {
  type Attempt,
  ask,
  askThroughApiServer,
  inPod,
  isOf,
  otherPaths,
  PORTS,
  pathsOf,
  SCHEMES,
  urls,
} from './strangers';
import { callWebhooks, startRedirector, stealEndpoint } from './webhooks';

jest.setTimeout(900_000);

/** A stranger may learn that a mirror is alive, and nothing else. */
function expectNothing(attempts: Attempt[]): void {
  const health = /^http:\/\/[^/]+:5003\/readyz$/;
  expect(attempts.filter((a) => a.bytes > 0)).toEqual([]);
  expect(attempts.filter((a) => a.status > 0 && a.status < 400 && !health.test(a.url))).toEqual([]);
}

interface Joined {
  readonly joined: boolean;
  readonly peers: string[];
  readonly providers: string[];
  readonly error: string;
}

async function intrude(from: Toolbox, address: string, digest: string): Promise<Joined> {
  return JSON.parse(await from.exec('/tmp/intruder', address, digest));
}

const summary: string[] = [];
afterAll(() => console.log(summary.join('\n')));

/** Policies or not, the pods are the same: they stay, and are asked again without policies. */
describe('strangers get nothing', () => {
  let stack: Installed | undefined;
  let without = '';
  let scraper: Toolbox;

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const metricsNamespace = await scraperNamespace();
    const cluster = testCluster({
      metrics: { from: [{ namespace: metricsNamespace }] },
      // Peers serve the manifests too: the most that there is to get.
      publicRepositories: [`${openRegistry().host}/cluster-test/*`],
    });
    const folders = await synthAll([cluster, { ...cluster, network: { policies: false } }]);
    without = folders[1] ?? '';
    stack = await installManifests(folders[0] ?? '', async () => giveCa(await newCa()));
    scraper = await startScraper(metricsNamespace, nodes()[0]);
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  describe.each([
    { policies: true, name: 'with policies' },
    { policies: false, name: 'with mutual TLS alone' },
  ])('$name', ({ policies, name }) => {
    let image: PushedImage;
    let mirrors: MirrorPod[];
    let hosts: string[];
    let tenant: Toolbox;
    let onHost: Toolbox;
    let servedBefore: number;
    let tenantNamespace: string;

    const count = (who: string, attempts: Attempt[]) => {
      const answered = attempts.filter((a) => a.status > 0).length;
      const bytes = attempts.reduce((sum, a) => sum + a.bytes, 0);
      summary.push(`strangers ${name}: ${who}: ${attempts.length} requests, ${answered} answered, ${bytes} bytes`);
    };

    beforeAll(async () => {
      if (!policies) {
        const before = await lives();
        await applyManifests(without);
        await kubectl(['-n', NAMESPACE, 'delete', 'networkpolicies', '--all']);
        expect(await lives()).toEqual(before);
      }
      const [first, second] = nodes();
      tenantNamespace = await newNamespace('tenant');
      image = await pushNew(openRegistry(), 3, 500_000);
      await pullOnce(tenantNamespace, first, image.reference);
      await pullOnce(tenantNamespace, second, image.reference);
      [tenant, onHost] = await Promise.all([
        startToolbox(tenantNamespace, 'tenant', first),
        startToolbox(tenantNamespace, 'on-host', first, { hostNetwork: true }),
      ]);
      mirrors = await mirrorPods();
      hosts = [...mirrors.map((pod) => pod.ip), ...(await allNodes()).map((node) => node.address)];
      servedBefore = await servedBySpegel(scraper, mirrors);
      expect(servedBefore).toBeGreaterThan(0);
    });

    test('from a tenant pod, a host-network pod and other nodes', async () => {
      const service = `mirror-peers.${NAMESPACE}.svc.cluster.local`;
      const exec = (node: string) => [environment('CLUSTER_NODE_EXEC'), node];
      const strangers: [string, string[], string[]][] = [
        ['tenant pod', inPod(tenant), [...hosts, service, '127.0.0.1']],
        ['host-network pod', inPod(onHost), [...hosts, '127.0.0.1']],
        ...(await allNodes()).map((node): [string, string[], string[]] => [
          `node ${node.name}`,
          exec(node.name),
          [...hosts, '127.0.0.1'],
        ]),
      ];
      await Promise.all(
        strangers.map(async ([who, prefix, targets]) => {
          const wanted = [...urls(targets, pathsOf(image)), ...urls(targets, otherPaths, [5003, 5004, 9090])];
          const attempts = await ask(who, prefix, wanted);
          expectNothing(attempts);
          count(who, attempts);
        }),
      );
    });

    test("through the API server's proxies", async () => {
      const ports = PORTS.flatMap((port) => SCHEMES.map((scheme) => ({ port, scheme })));
      const services = (await get('-n', NAMESPACE, 'services')).items.map(
        (service: { metadata: { name: string } }) => service.metadata.name,
      );
      const bases = ports.flatMap(({ port, scheme }) => [
        ...mirrors.map((pod) => `/api/v1/namespaces/${NAMESPACE}/pods/${scheme}:${pod.name}:${port}/proxy`),
        ...services.map((s: string) => `/api/v1/namespaces/${NAMESPACE}/services/${scheme}:${s}:${port}/proxy`),
        ...mirrors.map((pod) => `/api/v1/nodes/${scheme}:${pod.node}:${port}/proxy`),
      ]);
      const attempts = await askThroughApiServer(bases.flatMap((base) => pathsOf(image).map((path) => base + path)));
      expect(attempts.filter((a) => a.status > 0 && a.status < 400)).toEqual([]);
      expect(attempts.filter((a) => isOf(image, a.body))).toEqual([]);
      count("API server's proxies (bytes are its own error messages)", attempts);
    });

    test('by webhooks that follow redirects', async () => {
      const { pod, caBundle } = await startRedirector(tenantNamespace, nodes()[1], image.registry.host);
      const targets = [
        ...mirrors.slice(0, 2).map((m) => m.ip),
        ...(await allNodes()).slice(0, 2).map((n) => n.address),
      ];
      // A blob for clients; of what a webhook's path may contain, a manifest.
      const [blob = '', manifest = ''] = pathsOf(image).map((path) => path.replace(/[?].*/, ''));
      const codes = [301, 302, 303, 307, 308];
      const redirects = [...targets, '127.0.0.1'].flatMap((host) =>
        PORTS.flatMap((port) =>
          SCHEMES.flatMap((scheme) => codes.map((code) => `/${code}/${scheme}/${host}/${port}${blob}`)),
        ),
      );
      const posts = redirects.map((redirect) => `http://${pod.ip}:8080${redirect}`);
      for (const [who, client] of [
        ['webhook in a tenant pod', tenant],
        ['webhook on the host network', onHost],
      ] as const) {
        const attempts = await ask(who, inPod(client), posts, ['-L', '-d', '{}']);
        expect(attempts.filter((a) => a.bytes > 0)).toEqual([]);
        expect(attempts.filter((a) => a.status >= 200 && a.status < 300)).toEqual([]);
        count(who, attempts);
      }
      const hits = (await pod.shell('grep -c ^POST /tmp/http.log')).trim();
      expect(Number(hits)).toBe(2 * posts.length);

      const hooks = codes.flatMap((code) =>
        [5443, 5445, 5003].map((port) => ({
          service: 'redirector',
          path: `/${code}/${port === 5003 ? 'http' : 'https'}/${mirrors[0]?.ip}/${port}${manifest}`,
          caBundle,
        })),
      );
      const message = await callWebhooks(tenantNamespace, hooks);
      const called = Number((await pod.shell('grep -c ^POST /tmp/https.log')).trim());
      expect(called).toBeGreaterThanOrEqual(hooks.length);
      expect(isOf(image, Buffer.from(message))).toBe(false);
      summary.push(`strangers ${name}: API server as webhook client: ${called} calls redirected; ${message.trim()}`);
    });

    test("by a tenant's webhook whose endpoint is a mirror", async () => {
      for (const port of [5443, 5444, 5445, 5003]) {
        const hook = await stealEndpoint(tenantNamespace, `steal-${port}`, mirrors[0]?.ip ?? '', port);
        // Refused is what a Service is until the nodes know its endpoint.
        const message = await eventually(`a call by way of the Service to port ${port}`, 30, async () => {
          const said = await callWebhooks(tenantNamespace, [hook]);
          return !said.includes('connection refused') && said;
        });
        expect(message).toContain('failed calling webhook');
        summary.push(`strangers ${name}: webhook with an endpoint made by hand, port ${port}: ${message.trim()}`);
      }
    });

    test('by joining the mesh', async () => {
      await tenant.install('intruder');
      const listeners = mirrors.flatMap(({ ip }) => [5001, 5444].map((port) => `${ip}:${port}`));
      const results = await Promise.all(listeners.map((listener) => intrude(tenant, listener, image.blobs[1] ?? '')));
      for (const result of results) {
        expect(result).toMatchObject({ joined: false, peers: [], providers: [] });
      }
      const errors = results.map(({ error }) => error.replace(/\s+/g, ' ').replace(/.*\] /, ''));
      summary.push(`intruder ${name}: 0 of ${errors.length} tries got in: ${errors[0]}`);
    });

    test('and no request of theirs reached Spegel', async () => {
      expect(await servedBySpegel(scraper, mirrors)).toBe(servedBefore);
    });

    if (!policies) {
      const noted = (text: string) => summary.push(`strangers ${name}: ${text}`);
      describe('nobody leads the requests of nodes elsewhere', () => forgeryTests(() => tenantNamespace, noted));
    }
  });
});

describe('the same strangers against plain Spegel', () => {
  afterAll(deleteNamespaces);

  test('get images and join the mesh, so these tests can fail', async () => {
    checkEnvironment();
    await uninstall(undefined);
    const registry = openRegistry();
    const namespace = await installPlainSpegel('ghcr.io/spegel-org/spegel:v0.7.3', registry.host);
    const tenantNamespace = await newNamespace('tenant');
    const [first, second] = nodes();
    const tenant = await startToolbox(tenantNamespace, 'tenant', first);
    const image = await pushNew(registry);
    await pullOnce(tenantNamespace, second, image.reference);
    const { items } = await get('-n', namespace, 'pods', '-l', 'app=spegel');
    const target = items.find((pod: { spec: { nodeName: string } }) => pod.spec.nodeName === second);
    const { podIP } = target.status;

    const attempts = await ask('tenant pod', inPod(tenant), urls([podIP], pathsOf(image)));
    expect(attempts.filter((a) => a.status === 200)).toHaveLength(3);
    const bytes = attempts.reduce((sum, a) => sum + a.bytes, 0);
    expect(bytes).toBeGreaterThan(65_536);
    expect(() => expectNothing(attempts)).toThrow();

    const { pod } = await startRedirector(tenantNamespace, first, registry.host);
    const [blob = ''] = pathsOf(image).map((path) => path.replace(/[?].*/, ''));
    const posts = [302, 303].map((code) => `http://${pod.ip}:8080/${code}/http/${podIP}/5000${blob}`);
    const redirected = await ask('webhook', inPod(tenant), posts, ['-L', '-d', '{}']);
    expect(redirected.filter((a) => a.bytes > 65_536)).toHaveLength(posts.length);

    const base = `/api/v1/namespaces/${namespace}/pods/http:${target.metadata.name}:5000/proxy`;
    const proxied = await askThroughApiServer(pathsOf(image).map((path) => base + path));
    expect(proxied.filter((a) => isOf(image, a.body)).length).toBeGreaterThan(0);

    await tenant.install('intruder');
    const result = await intrude(tenant, `${podIP}:5001`, image.blobs[1] ?? '');
    expect(result.joined).toBe(true);
    expect(result.peers.length).toBeGreaterThan(1);
    expect(result.providers.length).toBeGreaterThan(0);
    summary.push(
      `plain Spegel: tenant pod got ${bytes} bytes; the intruder joined, was told of ${result.peers.length} peers and ` +
        `of ${result.providers.length} that have a layer`,
    );
  });
});
