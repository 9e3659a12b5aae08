import { checkEnvironment } from './environment';
import * as made from './guarded-objects';
import { apply, get, kubectl, NAMESPACE, patch, refusalOf, tryKubectl } from './kubectl';
import { eventually } from './run';
import { manifestsOfKind, synthAll, testCluster } from './stack';

const { at, ours, theirs } = made;
const GUARDS = ['webhooks', 'endpoints', 'services', 'probes'];
const MANAGED = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' };
/** What others guard stays out of the way. */
const DENY = { mirrorNamespace: { action: 'Audit' } };
const MOST = [...Array(1000).keys()].map((n) => `198.51.${100 + Math.floor(n / 250)}.${n % 250}`);
const TCP = { tcpSocket: { port: 80 } };

/** The objects of the guards, and the namespace that they need; the mirror itself runs on other tests' clusters. */
async function guardObjects(guards: object): Promise<object[]> {
  const settings = { ...testCluster({ network: { cidrs: made.cidrs }, guards }) };
  const [folder = ''] = await synthAll([settings]);
  const kinds = ['Namespace', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
  const all = kinds.flatMap((kind) => manifestsOfKind(folder, kind));
  return all.filter(({ kind, metadata }) => kind === 'Namespace' || metadata.name.startsWith('secured-mirror-guard'));
}

async function remove(kind: string): Promise<void> {
  const { items } = await get(kind);
  const names = (items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
  const own = names.filter((name) => name.startsWith('secured-mirror-guard'));
  if (own.length > 0) await kubectl(['delete', kind, ...own]);
}

const removeBindings = () => remove('validatingadmissionpolicybinding');

async function removeGuards(): Promise<void> {
  await removeBindings();
  await remove('validatingadmissionpolicy');
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
}

/** Changes lists, and waits until a request is answered as it should be then. */
async function setLive(lists: Record<string, string>, object: object, admitted: boolean): Promise<void> {
  const annotations = Object.fromEntries(Object.entries(lists).map(([name, list]) => [`secured-mirror/${name}`, list]));
  await patch('', 'namespace', NAMESPACE, { metadata: { annotations } });
  await eventually(`the guards to know ${JSON.stringify(lists)}`, 20, async () => {
    return ((await refusalOf(object)) === '') === admitted;
  });
}

/** The object by another name: an object that exists is judged by what is new in it. */
function older<T extends { metadata: object }>(object: T, labels: object = {}) {
  const { labels: own } = object.metadata as { labels?: object };
  return { ...object, metadata: { ...object.metadata, name: 'guard-test-older', labels: { ...own, ...labels } } };
}

/** Somebody's objects from before the guards. */
const before = [
  made.webhooks('Validating', ours, { url: 'https://10.201.0.5/hook' }),
  made.slice(['10.202.0.7']),
  made.alias('node.example.com'),
  made.workload('CronJob', { livenessProbe: { httpGet: { port: 80, host: '10.201.0.5' } } }),
];

beforeAll(async () => {
  checkEnvironment();
  await removeGuards();
  await apply(...before.map((object) => older(object)));
  await apply(...(await guardObjects(DENY)));
  for (const [guard, object] of Object.entries({
    webhooks: made.webhooks('Mutating', ours),
    endpoints: made.endpoints({ addresses: [{ ip: '10.201.0.5' }] }),
    services: made.taking(['10.201.0.5']),
    probes: made.pod({ livenessProbe: { tcpSocket: { port: 80, host: '10.201.0.5' } } }),
  })) {
    await eventually(`the guard ${guard}`, 30, async () => (await refusalOf(object)).includes(`-guard-${guard}'`));
  }
});

afterAll(async () => {
  await removeGuards();
  for (const { kind } of before) {
    await kubectl(['-n', 'default', 'delete', kind, 'guard-test-older', '--ignore-not-found']);
  }
});

/** Each row is answered as its list says, and refused by the guard's own words. */
function tables(guard: string, { allowed, denied }: { allowed: [string, object][]; denied: [string, object][] }): void {
  it.each(allowed)(`${guard} admits %s`, async (_, object) => expect(await refusalOf(object)).toBe(''));

  it.each(denied)(`${guard} refuses %s`, async (_, object) => {
    expect(await refusalOf(object)).toContain(`-guard-${guard}'`);
  });
}

it('the API server has no warning about the expressions', async () => {
  for (const guard of GUARDS) {
    const name = `secured-mirror-guard-${guard}`;
    const checking = await eventually(`the types of ${name}`, 60, async () => {
      const { status } = await get('validatingadmissionpolicy', name);
      return status?.typeChecking;
    });
    expect({ name, warnings: checking.expressionWarnings ?? [] }).toEqual({ name, warnings: [] });
  }
});

describe('by what stack.yaml says', () => {
  tables('webhooks', {
    allowed: [
      ['a Service of a tenant', made.webhooks('Validating', theirs)],
      ['an APIService of a tenant', made.apiService(theirs)],
      ['a CRD with a tenant’s conversion', made.crd(theirs)],
      ['a CRD without conversion', made.crd()],
      ['many of them', made.webhooks('Validating', ...Array(500).fill(theirs))],
    ],
    denied: [
      ['the mirror’s Service, validating', made.webhooks('Validating', theirs, ours)],
      ['the mirror’s Service, mutating', made.webhooks('Mutating', ours)],
      ['the mirror’s Service as an APIService', made.apiService(ours)],
      ['the mirror’s Service for a conversion', made.crd(ours)],
      ['a URL for a conversion', made.crd({ url: 'https://10.201.0.5/' })],
      ['a public host that nobody listed', at('hooks.example.com')],
      ['a node', at('10.201.0.5:30020')],
    ],
  });

  tables('endpoints', {
    allowed: [
      ['an address outside of the cluster', made.slice(['198.51.100.7'])],
      ['as many as a slice can have', made.slice(MOST)],
      ['Endpoints outside of the cluster', made.endpoints({ addresses: [{ ip: '198.51.100.7' }] })],
    ],
    denied: [
      ['a pod', made.slice(['198.51.100.7', '10.202.9.9'])],
      ['a pod among as many as a slice can have', made.slice([...MOST.slice(1), '10.202.9.9'])],
      ['a node', made.slice(['10.201.0.5'])],
      ['a Service’s address', made.slice(['10.203.0.1'])],
      ['a node by IPv6', made.slice(['fd01::5'], {}, 'IPv6')],
      ['a name', made.slice(['node.example.com'], {}, 'FQDN')],
      ['a forged label', made.slice(['10.202.9.9'], MANAGED)],
      ['Endpoints of a pod', made.endpoints({ addresses: [{ ip: '10.202.9.9' }] })],
      ['Endpoints that are not ready', made.endpoints({ notReadyAddresses: [{ ip: '10.201.0.5' }] })],
    ],
  });

  tables('services', {
    allowed: [
      ['another name for a Service', made.alias('hooks.other.svc.cluster.local')],
      ['a Service with a selector', made.service({ selector: { app: 'hooks' }, ports: [{ port: 443 }] })],
      ['an external IP outside of the cluster', made.taking(['198.51.100.7'])],
    ],
    denied: [
      ['another name for the mirror', made.alias(`mirror-peers.${NAMESPACE}.svc.cluster.local`)],
      ['the same without the domain', made.alias(`mirror-peers.${NAMESPACE}.svc`)],
      ['the same from one pod', made.alias(`pod.mirror-peers.${NAMESPACE}.svc`)],
      ['the mirror by two labels', made.alias(`mirror-peers.${NAMESPACE}`)],
      ['a Service in a domain of somebody', made.alias('hooks.other.svc.example.com')],
      ['a host that nobody listed', made.alias('db.example.com')],
      ['a node’s name', made.alias('w1')],
      ['a node’s address', made.alias('10.201.0.5')],
      ['localhost', made.alias('localhost')],
      ['a node as an external IP', made.taking(['198.51.100.7', '10.201.0.5'])],
      ['a pod as an external IP', made.taking(['10.202.0.7'])],
      ['a Service’s address as an external IP', made.taking(['10.203.0.1'])],
      ['a node as an external IP of IPv6', made.taking(['fd01::5'])],
    ],
  });

  const call = { httpGet: { port: 80, host: '10.201.0.5' } };
  tables('probes', {
    allowed: [
      ['probes of the pod itself', made.pod({ livenessProbe: { httpGet: { port: 80 } }, readinessProbe: TCP })],
      ['a workload with a probe', made.workload('Deployment', { startupProbe: { httpGet: { port: 80, host: '' } } })],
    ],
    denied: [
      ['a liveness probe', made.pod({ livenessProbe: call })],
      ['a readiness probe', made.pod({ readinessProbe: { tcpSocket: { port: 80, host: '127.0.0.1' } } })],
      ['a startup probe', made.pod({ startupProbe: call })],
      ['a hook before the stop', made.pod({ lifecycle: { preStop: call } })],
      ['a hook after the start', made.pod({ lifecycle: { postStart: { tcpSocket: { port: 80, host: 'w1' } } } })],
      ['an init container', made.pod({}, { restartPolicy: 'Always', startupProbe: call })],
      ['a Deployment', made.workload('Deployment', { livenessProbe: call })],
      ['a DaemonSet', made.workload('DaemonSet', { livenessProbe: call })],
      ['a Job', made.workload('Job', { livenessProbe: call })],
      ['a CronJob', made.workload('CronJob', { lifecycle: { preStop: call } })],
    ],
  });

  it.each(before)('what was there before can be changed in other respects: $kind', async (object) => {
    expect(await refusalOf(older(object, { other: 'x' }))).toBe('');
  });

  it('what was there before gets no more of it', async () => {
    const more = { url: 'https://10.201.0.6/hook' };
    const hooks = made.webhooks('Validating', ours, { url: 'https://10.201.0.5/hook' }, more);
    expect(await refusalOf(older(hooks))).toContain(more.url);
    expect(await refusalOf(older(made.slice(['10.202.0.7', '10.202.0.8'])))).toContain('10.202.0.8');
  });

  it('an old slice cannot be led to another Service', async () => {
    const labels = { 'kubernetes.io/service-name': 'others' };
    expect(await refusalOf(older(made.slice(['10.202.0.7']), labels))).toContain('10.202.0.7');
  });

  it.each(['system:serviceaccount:kube-system:endpointslice-controller', 'system:kube-controller-manager'])(
    'Kubernetes’ own controllers are not judged: %s',
    async (user) => {
      const object = made.slice(['10.202.9.9']);
      const options = ['--as', user, '--as-group', 'system:masters', '--dry-run=server'];
      await kubectl(['create', ...options, '-f', '-'], { input: JSON.stringify(object) });
    },
  );
});

describe('by lists that an operator changes live', () => {
  it('a host, with its port', async () => {
    await setLive(
      { 'webhooks.allowedHosts': '# ours\n  Hooks.example.com \n127.0.0.1:23443\n*.db.example.com\n' },
      at('hooks.example.com'),
      true,
    );
    for (const host of ['HOOKS.example.com.:8443', '127.0.0.1:23443', 'a.db.example.com']) {
      expect([host, await refusalOf(at(host))]).toEqual([host, '']);
    }
    expect(await refusalOf(made.alias('one.db.example.com'))).toBe('');
    for (const host of [
      '127.0.0.1',
      '127.0.0.1:30020',
      'xhooks.example.com',
      'db.example.com',
      'hooks.example.com.evil.io',
    ]) {
      expect([host, await refusalOf(at(host))]).toEqual([host, expect.stringContaining('-guard-webhooks')]);
    }
  });

  it('a Service, and who keeps endpoints', async () => {
    await setLive(
      { 'webhooks.allowedServices': 'default/hooks\ndefault/guard-test' },
      made.slice(['10.202.9.9']),
      true,
    );
    expect(await refusalOf(made.taking(['10.201.0.5']))).toBe('');
    expect(await refusalOf(made.endpoints({ addresses: [{ ip: '10.201.0.5' }] }))).toBe('');
    await setLive({ 'webhooks.allowedServices': 'other/hooks' }, made.slice(['10.202.9.9']), false);
    const { code, stdout } = await tryKubectl(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
    expect(code).toBe(0);
    await setLive({ 'webhooks.endpointControllers': stdout }, made.slice(['10.202.9.9']), true);
    await setLive({ 'webhooks.endpointControllers': '' }, made.slice(['10.202.9.9']), false);
  });

  it('a namespace with probes of its own', async () => {
    const object = made.pod({ livenessProbe: { httpGet: { port: 80, host: 'localhost' } } });
    await setLive({ 'probes.exceptNamespaces': 'default' }, object, true);
    await setLive({ 'probes.exceptNamespaces': 'defaults' }, object, false);
  });

  it('a list of networks that is gone or wrong is named, and guards nothing unnoticed', async () => {
    const cidrs = Object.values(made.cidrs).flat().join('\n');
    await setLive({ cidrs: `${cidrs}\n10.1.2.3/33` }, made.slice(['198.51.100.7']), false);
    expect(await refusalOf(made.slice(['198.51.100.7']))).toContain('what is no CIDR: 10.1.2.3/33');
    await setLive({ cidrs }, made.slice(['198.51.100.7']), true);
    await setLive({ cidrs: '# none' }, made.slice(['198.51.100.7']), false);
    expect(await refusalOf(made.taking(['198.51.100.7']))).toContain('cidrs of the namespace secured-mirror is empty');
    await setLive({ cidrs }, made.slice(['198.51.100.7']), true);
  });
});

describe('with public hosts', () => {
  beforeAll(() =>
    setLive({ 'webhooks.publicHosts': 'true', 'webhooks.allowedHosts': '' }, at('hooks.example.com'), true),
  );

  tables('webhooks', {
    allowed: [
      'hooks.example.com',
      'HOOKS.example.com.:8443',
      '8.8.8.8',
      '[2600:1f14::7]:443',
      'xn--bcher-kva.example.de',
    ].map((host) => [host, at(host)]),
    denied: [
      ...['10.201.0.5', '10.202.7.8', '10.203.0.1', '127.0.0.1'].flatMap(made.spellings),
      ...[
        '[::1]',
        '[::]',
        '0.0.0.0',
        '[fe80::1%25eth0]',
        '[fd01::5]',
        '[FD01:0:0:0::5]',
        '[fd00:ec2::254]',
        '169.254.169.254',
      ],
      ...['224.0.0.1', '192.168.0.1', '[ff02::1]', '[fec0::1]', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost'],
      ...[`mirror-peers.${NAMESPACE}.svc`, `MIRROR-PEERS.${NAMESPACE}.SVC.cluster.local.`, `mirror-peers.${NAMESPACE}`],
      ...['hooks.other.svc', 'entry-local.mirror-lab', 'w1', 'w1.bench', 'w1.eu-west-1.compute.internal'],
      ...['metadata.google.internal', '10-202-7-8.other.pod.cluster.local', 'fd01--5.sslip.io', 'printer.lan'],
    ].map((host): [string, object] => [host, at(host)]),
  });

  tables('services', {
    allowed: [['a public host', made.alias('db.example.com')]],
    denied: ['10.201.0.5', '10.202.7.8']
      .flatMap(made.spellings)
      .filter((host) => /^[a-z0-9][-.a-z0-9]*[a-z0-9]$/.test(host))
      .concat('localhost', 'w1', 'w1.bench', 'entry-local.mirror-lab', `mirror-peers.${NAMESPACE}.svc`)
      .map((host) => [host, made.alias(host)]),
  });
});

describe('with Audit', () => {
  const rows: [string, object][] = [
    ['webhooks', made.webhooks('Mutating', ours)],
    ['endpoints', made.endpoints({ addresses: [{ ip: '10.201.0.5' }] })],
    ['services', made.alias('localhost')],
    ['probes', made.pod({ livenessProbe: { tcpSocket: { port: 80, host: '10.201.0.5' } } })],
  ];

  beforeAll(async () => {
    await apply(...(await guardObjects({ action: 'Audit' })));
    for (const [guard, object] of rows) {
      await eventually(`the guard ${guard} to audit`, 20, async () => (await refusalOf(object)) === '');
    }
  });

  it.each(rows)('%s leaves a trace and denies nothing', async (guard, object) => {
    const count = async () => {
      const metrics = await kubectl(['get', '--raw', '/metrics']);
      const of = `apiserver_validating_admission_policy_check_total{`;
      const lines = metrics
        .split('\n')
        .filter((line) => line.startsWith(of) && line.includes(`secured-mirror-guard-${guard}"`));
      return lines
        .filter((line) => line.includes('enforcement_action="audit"'))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    };
    const first = await count();
    expect(await refusalOf(object)).toBe('');
    expect(await count()).toBeGreaterThan(first);
  });
});

describe('the way out', () => {
  const object = made.webhooks('Mutating', ours);
  const host = at('hooks.example.com');

  it('is to delete the bindings', async () => {
    await removeBindings();
    await eventually('the way out', 20, async () => (await refusalOf(object)) === '');
  });

  it('leads back: the lists of guards that were gone are read anew', async () => {
    await apply(...(await guardObjects(DENY)));
    await eventually('a refusal', 20, async () => (await refusalOf(host)) !== '');
    await setLive({ 'webhooks.allowedHosts': 'hooks.example.com' }, host, true);
    expect(await refusalOf(object)).toContain('-guard-webhooks');
  });

  it('is not needed once the namespace is gone: guards without their lists refuse nothing', async () => {
    await apply(...(await guardObjects({})));
    const pod = { ...made.pod({}), metadata: { namespace: NAMESPACE, name: 'guard-test' } };
    await eventually('all guards', 20, async () => (await refusalOf(pod)).includes('-guard-mirror-pods'));
    await kubectl(['delete', 'namespace', NAMESPACE]);
    const most = [
      ...[object, made.crd(theirs), made.service({ ports: [{ port: 443 }] }), made.slice(['198.51.100.7'])],
      ...[made.pod({ livenessProbe: TCP }), made.workload('Deployment', {})],
    ];
    for (const one of most) await eventually('nothing to be refused', 20, async () => (await refusalOf(one)) === '');
    await apply(...(await guardObjects({})));
    await eventually('a refusal', 20, async () => (await refusalOf(object)).includes('-guard-webhooks'));
  });
});
