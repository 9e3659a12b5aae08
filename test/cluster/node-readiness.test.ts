import { checkEnvironment, environment, nodes } from './environment';
import { programImage } from './image';
import { apply, exec, get, NAMESPACE, patch } from './kubectl';
import { allNodes, inNode } from './nodes';
import { deleteNamespaces, newNamespace } from './pods';
import { ReadinessController } from './readiness-controller';
import { eventually, run, sleep } from './run';
import { type Installed, install, mirrorPodOn, testCluster, uninstall } from './stack';

jest.setTimeout(600_000);

const CONDITION = 'secured-mirror/Ready';
const TAINT = { key: 'readiness.k8s.io/secured-mirror', effect: 'NoSchedule' };
const IMAGE = 'test.example/node-readiness-reporter';

// biome-ignore lint/suspicious/noExplicitAny: objects of the API
type Node = any;

const conditionOf = ({ status }: Node) => status.conditions.find((one: { type: string }) => one.type === CONDITION);
const isTainted = ({ spec }: Node) => (spec.taints ?? []).some(({ key }: { key: string }) => key === TAINT.key);

/** Where the API server itself listens. */
async function apiServer(): Promise<{ addresses: string[]; port: number }> {
  const { items } = await get('-n', 'default', 'endpointslices', '-l', 'kubernetes.io/service-name=kubernetes');
  const [{ endpoints, ports }] = items;
  return { addresses: endpoints.map((one: Node) => `${one.addresses[0]}/32`), port: ports[0].port };
}

describe('pods that wait for the mirror', () => {
  const [first, second] = nodes();
  let stack: Installed | undefined;
  let controller: ReadinessController | undefined;
  let namespace: string;
  let heldBack: string[];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const { archive } = programImage('reporter', `${IMAGE}:v1`);
    for (const { name } of await allNodes()) {
      const importing = [environment('CLUSTER_NODE_EXEC'), name, 'ctr', '-n', 'k8s.io', 'images', 'import', '-'];
      await run(importing, { input: archive });
    }
    // As a new node has it from its first moment on.
    const { spec } = await get('node', second);
    await patch('', 'node', second, { spec: { taints: [...(spec.taints ?? []), TAINT] } });
    namespace = await newNamespace('waits');
    await apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name: 'waits' },
      spec: {
        nodeSelector: { 'kubernetes.io/hostname': second },
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'main',
            image: environment('CLUSTER_TOOLBOX_IMAGE'),
            imagePullPolicy: 'IfNotPresent',
            command: ['sleep', '600'],
          },
        ],
      },
    });
    heldBack = await eventually('the scheduler to say why', 30, async () => {
      const { status } = await get('-n', namespace, 'pod', 'waits');
      const scheduled = status.conditions?.find((one: { type: string }) => one.type === 'PodScheduled');
      return scheduled && [scheduled.status, scheduled.message];
    });
    controller = await ReadinessController.start();
    const images = { nodeReadinessReporter: { repository: IMAGE, tag: 'v1' } };
    stack = await install(testCluster({ images, nodeReadiness: { apiServer: await apiServer() } }));
  });

  afterAll(async () => {
    await uninstall(stack);
    await controller?.stop();
    await deleteNamespaces();
    for (const { name } of await allNodes()) {
      await eventually(`${name} as it was`, 60, async () => {
        const node = await get('node', name);
        const { resourceVersion } = node.metadata;
        const conditions = node.status.conditions.filter((one: { type: string }) => one.type !== CONDITION);
        await patch('', 'node', name, { metadata: { resourceVersion }, status: { conditions } }, 'status');
        const taints = (node.spec.taints ?? []).filter(({ key }: { key: string }) => key !== TAINT.key);
        if (isTainted(node)) await patch('', 'node', name, { spec: { taints } });
        return true;
      });
    }
  });

  /** Asks the API server with the token of the mirror's pod of a node, from inside of it. */
  async function ask(node: string, method: string, path: string, body: object): Promise<string> {
    const { name: pod } = await mirrorPodOn(node);
    const command = ['/reporter', 'ask', method, path];
    return exec({
      namespace: NAMESPACE,
      pod,
      container: 'node-readiness-reporter',
      command,
      input: Buffer.from(JSON.stringify(body)),
    });
  }

  /** Changes a node by a whole object, and again when the kubelet was faster, as the reporter does. */
  async function put(of: string, to: string, part: '' | '/status', change: (node: Node) => unknown): Promise<string> {
    return eventually('an answer that is no conflict', 60, async () => {
      const node = await get('node', to);
      change(node);
      const answer = await ask(of, 'PUT', `/api/v1/nodes/${to}${part}`, node);
      return !answer.startsWith('409 ') && answer;
    });
  }

  test('start once it is in use on their node, which has no taint then', async () => {
    expect(heldBack).toEqual(['False', expect.stringContaining('taint')]);
    const { items } = await eventually('every node without the taint', 60, async () => {
      const all = await get('nodes');
      return all.items.every((node: Node) => conditionOf(node)?.status === 'True' && !isTainted(node)) && all;
    });
    expect(items).toHaveLength((await allNodes()).length);
    const { status } = await eventually('the pod', 60, async () => {
      const pod = await get('-n', namespace, 'pod', 'waits');
      return pod.status.phase === 'Running' && pod;
    });
    const { lastTransitionTime } = conditionOf(await get('node', second));
    const scheduled = status.conditions.find((one: { type: string }) => one.type === 'PodScheduled');
    expect(Date.parse(scheduled.lastTransitionTime)).toBeGreaterThanOrEqual(Date.parse(lastTransitionTime));
  });

  test('the reporter’s token can say so of its own node, and change nothing else', async () => {
    const said = (node: Node, status: string) => {
      conditionOf(node).status = status;
    };
    expect(await put(first, first, '/status', (node) => said(node, 'True'))).toMatch(/^200 /);
    const ready = ({ type }: Node) => type === 'Ready';
    const own = ({ type }: Node) => type === CONDITION;
    const forbidden: { readonly [what: string]: (node: Node) => unknown } = {
      'another condition': ({ status }) => Object.assign(status.conditions.find(ready), { status: 'False' }),
      'one condition more': ({ status }) => status.conditions.push({ type: 'example.com/Fine', status: 'True' }),
      'no other condition': ({ status }) => Object.assign(status, { conditions: status.conditions.filter(own) }),
      'no condition of its own': ({ status }) => status.conditions.splice(status.conditions.findIndex(own), 1),
      'a label': ({ metadata }) => Object.assign(metadata.labels, { owned: 'yes' }),
      'no labels': ({ metadata }) => delete metadata.labels,
      'an annotation': ({ metadata }) => Object.assign(metadata.annotations, { owned: 'yes' }),
      'a finalizer': ({ metadata }) => Object.assign(metadata, { finalizers: ['example.com/stays'] }),
      'an address': ({ status }) => Object.assign(status.addresses[0], { address: '192.0.2.1' }),
      'its capacity': ({ status }) => Object.assign(status.capacity, { 'example.com/gpu': '8' }),
      'no capacity': ({ status }) => delete status.capacity,
      'no images': ({ status }) => delete status.images,
      'another kubelet': ({ status }) => Object.assign(status.nodeInfo, { kubeletVersion: 'v9.9.9' }),
      'no kubelet': ({ status }) => delete status.nodeInfo.kubeletVersion,
      'another feature': ({ status }) => Object.assign(status, { features: { supplementalGroupsPolicy: false } }),
      'no handlers': ({ status }) => delete status.runtimeHandlers,
      'another handler': ({ status }) =>
        Object.assign(status.runtimeHandlers[0], {
          features: { userNamespaces: !status.runtimeHandlers[0].features?.userNamespaces },
        }),
    };
    const refused = expect.stringMatching(/^403 .*secured-mirror-node-readiness.* a mirror may change /);
    expect(await put(first, second, '/status', (node) => said(node, 'True'))).toEqual(refused);
    const changes = Object.entries(forbidden);
    const answers = await Promise.all(changes.map(([, change]) => put(first, first, '/status', change)));
    expect(Object.fromEntries(changes.map(([what], index) => [what, answers[index]]))).toEqual(
      Object.fromEntries(changes.map(([what]) => [what, refused])),
    );
    // What the status does not carry, RBAC refuses.
    const tainted = await put(first, first, '', ({ spec }) => {
      spec.taints = [{ key: 'owned', effect: 'NoExecute' }];
    });
    expect(tainted).toMatch(/^403 .*cannot update resource .*nodes/);
    for (const [method, path] of [
      ['PATCH', `/nodes/${first}/status`],
      ['GET', '/nodes'],
      ['GET', '/secrets'],
      ['DELETE', `/nodes/${first}`],
    ] as const) {
      expect([path, await ask(first, method, `/api/v1${path}`, {})]).toEqual([path, expect.stringMatching(/^403 /)]);
    }
  });

  test('nobody else’s changes of nodes are judged', async () => {
    await patch('', 'node', first, { metadata: { labels: { 'test.example/other': 'yes' } } }, 'status');
    await patch('', 'node', first, { metadata: { labels: { 'test.example/other': null } } });
  });

  test('a mirror that fails later takes no node out of service', async () => {
    const pod = await mirrorPodOn(second);
    const script = `for pid in $(pgrep -x spegel); do
      if tr _ - <"/proc/$pid/cgroup" | grep -q "$1"; then kill -STOP "$pid" && echo "$pid"; fi
    done`;
    expect((await inNode(second, 'bash', '-c', script, 'freeze', pod.uid)).trim()).toMatch(/^\d+$/);
    await eventually('the condition False', 60, async () => conditionOf(await get('node', second)).status === 'False');
    // As long as the controller takes for several rounds.
    await sleep(5000);
    expect((await get('nodes')).items.filter(isTainted)).toEqual([]);
  });
});
