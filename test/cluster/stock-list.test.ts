import { found, leftByChecks, provePull, stackFile, verdict } from './check-command';
import { checkEnvironment, environment, nodes } from './environment';
import { kubectl } from './kubectl';
import { allNodes, inNode, SETTINGS } from './nodes';
import { deleteNamespaces, newNamespace, pullOnce } from './pods';
import { bytesOf, privateRegistry, pushNew, watch } from './registry';
import { eventually, sleep } from './run';
import { secondPull, told } from './second-pull';
import { applyManifests, type Installed, install, NAMESPACE, ready, synthAll, testCluster, uninstall } from './stack';

jest.setTimeout(900_000);

/** containerd's own default, which its transfer service takes for one folder. */
const LIST = '/etc/containerd/certs.d:/etc/docker/certs.d';
const LIST_FOLDER = '/etc/containerd/certs.d:';

const withoutLink = () => testCluster({ containerd: { linkDefaultList: false } });
const withLink = () => testCluster();

/** What the agents count before that is no evidence: they take two measurements first. */
const MEASURED_SECONDS = 75;

/** Since when containerd runs on a node. */
const containerdStart = (node: string) => inNode(node, 'bash', '-c', 'stat -c %Y "/proc/$(pgrep -ox containerd)"');

describe("nodes with containerd's own list of two folders", () => {
  let stack: Installed | undefined;
  let tenant: string;
  const starts = new Map<string, string>();
  const measured: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    for (const { name } of await allNodes()) {
      expect(await inNode(name, 'grep', 'config_path', '/etc/containerd/config.toml')).toContain(LIST);
      starts.set(name, await containerdStart(name));
    }
    tenant = await newNamespace('tenant');
    const credential = [
      `--docker-server=${environment('CLUSTER_PRIVATE_REGISTRY')}`,
      `--docker-username=${environment('CLUSTER_PRIVATE_REGISTRY_USER')}`,
      `--docker-password=${environment('CLUSTER_PRIVATE_REGISTRY_PASSWORD')}`,
    ];
    await kubectl(['-n', tenant, 'create', 'secret', 'docker-registry', 'pull', ...credential]);
  });

  afterAll(async () => {
    await uninstall(stack);
    await deleteNamespaces();
    console.log(measured.join('\n'));
  });

  test('check --pre names nodes, file, key, value and the lines to write', async () => {
    const run = await verdict('check', '--pre', '-f', stackFile(withoutLink()), '--check', 'containerd-config');
    expect(run.code).toBe(1);
    const [problem] = found(run, 'containerd-config');
    expect(problem.level).toBe('problem');
    for (const { name } of await allNodes()) expect(problem.subject).toContain(name);
    for (const text of ['/etc/containerd/config.toml', 'config_path', LIST]) expect(problem.message).toContain(text);
    expect(problem.fix).toContain(`config_path = "${SETTINGS}"`);

    const linked = await verdict('check', '--pre', '-f', stackFile(withLink()), '--check', 'containerd-config');
    expect(found(linked, 'containerd-config').map(({ level }) => level)).not.toContain('problem');
    measured.push(`check --pre: ${problem.subject}: ${problem.message}`);
  });

  test('status says bypassed after a pull that went past the mirror', async () => {
    stack = await install(withoutLink());
    await sleep(MEASURED_SECONDS * 1000);
    const [node] = nodes();
    // The open registry is plain http: nobody can pull from it where nobody reads its hosts.toml.
    const image = await pushNew(privateRegistry());
    const requests = watch(image);
    await pullOnce(tenant, node, image.reference, { secret: 'pull' });
    const start = Date.now();
    expect(bytesOf((await requests()).blobs)).toBe(image.bytes);
    const [first] = await eventually('bypassed', 120, async () => {
      const run = await verdict('status', '-n', NAMESPACE);
      return run.findings.some(({ code }) => code === 'bypassed') && found(run, 'bypassed');
    });
    expect(`${first.subject} ${first.message}`).toContain(node);
    expect(`${first.subject} ${first.message}`).toContain(privateRegistry().host);
    measured.push(`bypassed after ${((Date.now() - start) / 1000).toFixed(0)} s: ${first.subject}: ${first.message}`);
  });

  test('with the link, layers come from a peer, and containerd is not restarted', async () => {
    const [manifests = ''] = await synthAll([withLink()]);
    stack = { manifests };
    await applyManifests(manifests);
    await ready();
    const pulls = await secondPull(tenant, privateRegistry(), { secret: 'pull' });
    expect(pulls.second.blobs).toEqual([]);
    measured.push(`with the link: ${told(pulls)}`);

    const proof = await provePull(() => stackFile(withLink()));
    expect(found(proof, 'pull').filter(({ level }) => level !== 'ok')).toEqual([]);
    measured.push(`check --pull: ${found(proof, 'pull')[0].message}`);
    for (const { name } of await allNodes()) expect(await containerdStart(name)).toBe(starts.get(name));
    expect(await leftByChecks()).toBe('');
  });

  test('uninstalling leaves no link', async () => {
    await uninstall(stack);
    stack = undefined;
    for (const { name } of await allNodes()) {
      expect(await inNode(name, 'find', LIST_FOLDER, '-mindepth', '1')).toBe('');
    }
  });
});
