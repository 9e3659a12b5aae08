import type { AccessLogLine } from '../../src/mirror/contract/access-log-line';
import { checkEnvironment, nodes } from './environment';
import { get, kubectl } from './kubectl';
import {
  askAdmin,
  containerdLogs,
  formsOf,
  heldIn,
  linesOf,
  logs,
  objectsBut,
  processesWith,
  readableFilesWith,
  startCareless,
} from './leaks';
import { giveCredentials, methods, stackWith } from './methods';
import { scraperNamespace } from './metrics';
import { allNodes, inNode, SETTINGS, STATE } from './nodes';
import { deleteNamespaces, newNamespace, pullOnce } from './pods';
import { openRegistry, type PushedImage, pushNew } from './registry';
import { eventually } from './run';
import { CREDENTIAL, giveCa, METRICS_CREDENTIAL, newCa, newPassword } from './secrets';
import { label, report, reported, spread } from './spread';
import { type Installed, install, type MirrorPod, mirrorPods, NAMESPACE, uninstall } from './stack';

jest.setTimeout(900_000);

describe('no password and no key is anywhere but in its place', () => {
  let stack: Installed | undefined;
  let tenant: string;
  let mirrors: MirrorPod[];
  let secrets: string[];
  let keyLines: string[];
  let outside: string;
  let pulled: PushedImage;

  const keys = ['mirror-peer', 'mirror-node', 'mirror-server'];
  const places = [CREDENTIAL, METRICS_CREDENTIAL, 'mirror-ca', ...keys];
  /** Pulls on every node that the tests use, one after the other. */
  const pullEverywhere = async () => {
    const image = await pushNew(openRegistry());
    for (const node of nodes()) {
      await pullOnce(tenant, node, image.reference);
    }
    return image;
  };

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const passwords = { mirror: '', metrics: '' };
    const cluster = { ...stackWith(methods.bothPresentingBasic, await scraperNamespace()), accessLog: {} };
    stack = await install(cluster, async () => {
      Object.assign(passwords, await giveCredentials());
      await giveCa(await newCa());
    });
    await spread(); // the certificates may have come later
    await reported('an identity on every node', 60, (metrics) =>
      [...metrics.keys()].some((series) => series.startsWith('secured_mirror_identity_info{version="')),
    );
    tenant = await newNamespace('tenant');
    mirrors = await mirrorPods();
    const [first] = mirrors as [MirrorPod];
    const generation = label(await report(first), 'secured_mirror_credential_version_info', 'presented');
    const pems = await Promise.all(
      keys.map(async (name) => (await get('-n', NAMESPACE, 'secret', name)).data['tls.key'] as string),
    );
    keyLines = pems.flatMap((pem) => linesOf(Buffer.from(pem, 'base64').toString()));
    secrets = [...formsOf(passwords.mirror, `mirror.${generation}`), ...formsOf(passwords.metrics), ...keyLines];
    expect(secrets.length).toBeGreaterThan(2 * keys.length + 5);
    outside = newPassword();
    pulled = await pullEverywhere();
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  test('the credential that containerd shows is the one that is looked for', async () => {
    const text = await inNode(nodes()[0], 'cat', `${SETTINGS}/${openRegistry().host}/hosts.toml`);
    expect(heldIn(text, secrets)).not.toEqual([]);
  });

  test('in no arguments and no environment of a process', async () => {
    const careless = formsOf(outside);
    await startCareless(nodes()[0], careless[0] ?? '');
    expect(await processesWith(nodes()[0], careless)).toHaveLength(1);
    for (const { name } of await allNodes()) {
      expect(await processesWith(name, secrets)).toEqual([]);
    }
  });

  test('in no file of a node that others than root can read', async () => {
    const planted = '/run/cluster-test-planted';
    await inNode(nodes()[0], 'bash', '-c', `umask 022; echo "${outside.slice(0, 20)}" >${planted}`);
    const found = readableFilesWith(nodes()[0], [outside.slice(0, 20)]);
    expect(await found.finally(() => inNode(nodes()[0], 'rm', planted))).toContain(planted);
    for (const { name } of await allNodes()) {
      expect(await readableFilesWith(name, secrets)).toEqual([]);
    }
  });

  test("in files and folders of root's alone on the node", async () => {
    for (const { name } of await allNodes()) {
      const modes = async (type: string, ...where: string[]) =>
        new Set((await inNode(name, 'find', ...where, '-type', type, '-printf', '%m %U:%G\\n')).trim().split('\n'));
      expect(await modes('f', `${STATE}/`)).toEqual(new Set(['600 0:0']));
      expect(await modes('d', `${STATE}/`)).toEqual(new Set(['700 0:0']));
      const others = [openRegistry().host, 'without-settings.example.com'].map(
        (host) => `${SETTINGS}/${host}/hosts.toml`,
      );
      expect(await inNode(name, 'stat', '-Lc', '%a %U', ...others)).toBe('600 root\n600 root\n');
      expect((await inNode(name, 'stat', '-c', '%a %U %F', `${STATE}/.credential`)).trim()).toBe('700 root directory');
    }
  });

  test("in nothing that the proxy's administration interface tells", async () => {
    for (const mirror of mirrors) {
      for (const path of [
        '/config_dump?include_eds',
        '/stats',
        '/stats/prometheus',
        '/clusters',
        '/certs',
        '/listeners',
      ]) {
        const text = await askAdmin(mirror, path);
        expect([path, text.length > 0, heldIn(text, secrets)]).toEqual([path, true, []]);
      }
    }
  });

  test('in no object of the API but its Secret', async () => {
    expect(heldIn(await objectsBut([]), secrets).length).toBeGreaterThan(0);
    expect(heldIn(await objectsBut(places), secrets)).toEqual([]);
  });

  test('the log says which node read what, and from whom', async () => {
    const { registry, repository, blobs } = pulled;
    for (const mirror of mirrors.filter(({ node }) => nodes().includes(node))) {
      const lines = await eventually(`what ${mirror.node} read`, 30, async () => {
        const log = await kubectl(['-n', NAMESPACE, 'logs', mirror.name, '-c', 'proxy']);
        const all: AccessLogLine[] = log
          .split('\n')
          .flatMap((text) => (text.startsWith('{') ? [JSON.parse(text)] : []));
        const found = all.filter((line) => line.listener === 'entry' && line.repository === repository);
        return blobs.every((blob) => found.some(({ reference }) => reference === blob)) && found;
      });
      const common = { node: mirror.node, registry: registry.host, authentication: 'basic', identity: null };
      for (const line of lines) expect(line).toMatchObject(common);
      const served = lines.filter(({ verdict, method }) => verdict === 'served' && method === 'GET');
      if (mirror.node !== nodes()[0]) expect(served).not.toEqual([]);
    }
  });

  test('in no log', async () => {
    expect(heldIn(await logs(mirrors), secrets)).toEqual([]);
    expect(heldIn(containerdLogs(), secrets)).toEqual([]);
  });

  test("in no log of the proxy's at level debug, but for what four of its loggers print", async () => {
    const logging = (query: string) =>
      Promise.all(mirrors.map((mirror) => askAdmin(mirror, `/logging?${query}`, 'POST')));
    try {
      await logging('level=debug');
      await logging('paths=config:warning,http:warning,router:warning,rbac:warning');
      await pullEverywhere();
      const text = await logs(mirrors);
      expect(text).toContain('[debug]');
      expect(heldIn(text, secrets)).toEqual([]);

      // Envoy has no way to leave a header out: whoever turns these up on a node, as root, gets the password into the log.
      await logging('level=debug');
      await pullEverywhere();
      const held = heldIn(await logs(mirrors), secrets);
      expect(held).not.toEqual([]);
      expect(held.filter((secret) => keyLines.includes(secret))).toEqual([]);
    } finally {
      await logging('level=warning');
    }
  });
});
