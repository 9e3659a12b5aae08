import type { SecuredStackProps } from '../../src';
import { MOST_BYTES } from '../../src/guards/request-text';
import { addDays, today } from '../../src/settings/calendar';
import { admitted } from './admitted';
import { checkEnvironment, environment, nodes } from './environment';
import {
  allowing,
  certificate,
  certificateRequest,
  imageDeployment,
  imagePod,
  nodePort,
  otherPods,
  type Part,
  podOf,
  requestFor,
  signingRequest,
} from './guarded';
import { apply, get, kubectl, NAMESPACE, tryKubectl } from './kubectl';
import { deleteNamespaces, newNamespace, pull, pullOnce } from './pods';
import { type PushedImage, privateRegistry, pushNew } from './registry';
import { eventually } from './run';
import { newCa } from './secrets';
import {
  applyManifests,
  type Installed,
  install,
  manifestsOfKind,
  ready,
  synthAll,
  testCluster,
  uninstall,
} from './stack';

jest.setTimeout(600_000);

const GUARD = 'secured-mirror-guard';
const TENANT = 'guards-test-tenant';
const TRUST = 'guards-test-trust-manager';
const OWN = [`spiffe://test/ns/${NAMESPACE}/peer`];

describe('guards in force', () => {
  let stack: Installed | undefined;
  let owner: string;
  let stranger: string;
  let image: PushedImage;
  let daemonSet: Part;

  /** One node is enough for what the API server decides. */
  function cluster(guards: object = {}, more: Partial<SecuredStackProps> = {}): SecuredStackProps {
    const pulls = {
      purpose: 'app pull',
      repositories: [image.repository],
      owner: 'team',
      expires: addDays(today(), 30),
      bindTo: [{ namespace: owner, serviceAccounts: ['puller'], apply: false }],
    };
    const hub = { ...pulls, purpose: 'hub pull', repositories: ['acme/app'] };
    const registry = environment('CLUSTER_PRIVATE_REGISTRY');
    return testCluster({
      nodeSelector: { 'kubernetes.io/hostname': nodes()[0] },
      network: { cidrs: { nodes: ['10.0.0.0/16'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] } },
      authentication: { mutualTls: { issuer: { ref: { name: 'platform', kind: 'ClusterIssuer' } } } },
      tokens: [
        { organization: 'cluster-test', registry, driver: 'generic', pull: [pulls] },
        { organization: 'acme', pull: [hub] },
      ],
      guards,
      ...more,
    });
  }

  /** The policies of a stack, by themselves. */
  async function applyGuards(settings: SecuredStackProps): Promise<void> {
    const [folder = ''] = await synthAll([settings]);
    const kinds = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
    await apply(...kinds.flatMap((kind) => manifestsOfKind(folder, kind)));
  }

  async function removeGuards(): Promise<void> {
    for (const kind of ['validatingadmissionpolicybinding', 'validatingadmissionpolicy']) {
      const { items } = await get(kind);
      const names = items.map(({ metadata }: Part) => metadata.name).filter((name: string) => name.startsWith(GUARD));
      if (names.length > 0) await kubectl(['delete', kind, ...names]);
    }
  }

  beforeAll(async () => {
    checkEnvironment();
    await removeGuards();
    await uninstall(undefined);
    owner = await newNamespace('owner');
    stranger = await newNamespace('stranger');
    image = await pushNew(privateRegistry());
    await kubectl(['create', 'serviceaccount', 'puller', '-n', owner]);
    // An issuer of the cluster: its CA is in cert-manager's own namespace.
    await issuer();
    stack = await install(cluster(), async () => {});
    daemonSet = await get('-n', NAMESPACE, 'daemonset', 'mirror');
    for (const namespace of [NAMESPACE, stranger]) {
      await kubectl(['-n', namespace, 'create', 'rolebinding', TENANT, '--clusterrole=admin', `--user=${TENANT}`]);
    }
    await rightsInCluster(TENANT, tenantRights);
  });

  afterAll(async () => {
    await removeGuards();
    await kubectl(['delete', 'clusterrole,clusterrolebinding', TENANT, TRUST, '--ignore-not-found']);
    await kubectl(['delete', 'clusterissuer', 'platform', '--ignore-not-found']);
    await kubectl(['-n', 'cert-manager', 'delete', 'secret', 'platform-ca', '--ignore-not-found']);
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  /** Rights in the whole cluster that some platforms give to tenants. */
  const tenantRights = [
    { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests'], verbs: ['create'] },
    {
      apiGroups: [''],
      resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'],
      verbs: ['get', 'patch', 'update'],
    },
  ];

  async function rightsInCluster(name: string, rules: object[]): Promise<void> {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    await apply({ ...role, kind: 'ClusterRole', rules }, { ...role, kind: 'ClusterRoleBinding', subjects, roleRef });
  }

  async function issuer(): Promise<void> {
    const ca = await newCa();
    const data = { 'tls.crt': ca.certificate, 'tls.key': ca.key };
    const metadata = { namespace: 'cert-manager', name: 'platform-ca' };
    await apply(
      { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/tls', stringData: data },
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'ClusterIssuer',
        metadata: { name: 'platform' },
        spec: { ca: { secretName: 'platform-ca' } },
      },
    );
  }

  test('have no warning of the API server’s about their types', async () => {
    const { items } = await get('validatingadmissionpolicy');
    const own = items.filter(({ metadata }: Part) => metadata.name.startsWith(GUARD));
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(own.flatMap(({ status }: Part) => status?.typeChecking?.expressionWarnings ?? [])).toEqual([]);
  });

  test('let the mirror’s own pods in, in any version, and no other pods, whoever asks', async () => {
    const newer = podOf(daemonSet, 'newer', (spec) =>
      spec.containers.forEach((one: Part) => {
        one.image = one.image.replace(/:[^:]*$/, ':v99');
      }),
    );
    const others = Object.entries(otherPods).map(([name, change]) => podOf(daemonSet, name, change));
    const found = await admitted([podOf(daemonSet, 'same'), newer, ...others]);
    expect(found.admitted).toEqual(['same', 'newer']);
    expect(found.refusals.match(/-guard-mirror-pods' denied/g)?.length).toBe(others.length);
  });

  test('hold the namespace to operators, also from who may edit it, and let go what is no danger', async () => {
    const configMap = (name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: NAMESPACE, name },
    });
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: NAMESPACE, name: 'secret' } };
    const objects = [
      podOf(daemonSet, 'pod'),
      imageDeployment(NAMESPACE, 'deployment', 'example'),
      secret,
      certificate(NAMESPACE, 'certificate', { uris: OWN }),
      allowing(NAMESPACE, 'policy'),
      nodePort(NAMESPACE, 'service'),
      configMap('other'),
    ];
    expect((await admitted(objects, TENANT)).admitted).toEqual(['other']);
    expect((await admitted(objects)).admitted).toEqual(objects.map((object: Part) => object.metadata.name));

    const [{ metadata }] = (await get('-n', NAMESPACE, 'pods')).items;
    const annotations = { 'secured-mirror/cidrs': 'none' };
    const namespace = await get('namespace', NAMESPACE);
    const other = JSON.stringify({ ...namespace, metadata: { ...namespace.metadata, annotations } });
    const status = JSON.stringify({ metadata: { annotations } });
    const finalize = `/api/v1/namespaces/${NAMESPACE}/finalize?dryRun=All`;
    const tries = (...as: string[]) =>
      [
        ['patch', 'configmap', 'mirror-node-agent', '--dry-run=server', '--patch={"data":{"agent.sh":"id"}}'],
        ['patch', 'serviceaccount', 'mirror', '--dry-run=server', '--patch={"automountServiceAccountToken":true}'],
        ['patch', 'daemonset', 'mirror', '--dry-run=server', '--patch={"spec":{"minReadySeconds":9}}'],
        ['exec', metadata.name, '-c', 'node-agent', '--', 'true'],
        ['create', 'token', 'mirror'],
        ['delete', 'networkpolicies', '--all', '--dry-run=server'],
        ['annotate', 'namespace', NAMESPACE, '--dry-run=server', '--overwrite', 'secured-mirror/cidrs=none'],
        ['patch', 'namespace', NAMESPACE, '--dry-run=server', '--subresource=status', `--patch=${status}`],
        ['replace', `--raw=${finalize}`, '-f', '-'],
      ].map((words) => tryKubectl(['-n', NAMESPACE, ...as, ...words], { input: other }));
    for (const { code, stderr } of await Promise.all(tries(`--as=${TENANT}`))) {
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${GUARD}-mirror-namespace`)]);
    }
    for (const { code } of await Promise.all(tries())) expect(code).toBe(0);
    const asController = '--as=system:serviceaccount:kube-system:namespace-controller';
    const ending = ['-n', NAMESPACE, asController, 'delete', 'networkpolicies', '--all', '--dry-run=server'];
    expect((await tryKubectl(ending)).code).toBe(0);
    for (const object of ['daemonset/mirror', `namespace/${NAMESPACE}`]) {
      const label = ['-n', NAMESPACE, `--as=${TENANT}`, 'label', object, 'a=b', '--dry-run=server'];
      expect((await tryKubectl(label)).code).toBe(0);
    }
    const debug = ['-n', NAMESPACE, 'debug', metadata.name, '--image=example', '--target=spegel'];
    expect((await tryKubectl(debug)).stderr).toContain(`${GUARD}-mirror-pods`);
  });

  test('keep private images to the pods that a token is bound to, by every spelling', async () => {
    const { reference, byDigest } = image;
    const digest = 'a'.repeat(64);
    const spellings = [
      ...['acme/app', 'acme/app:1', `acme/app:1@sha256:${digest}`, 'docker.io/acme/app', 'Docker.io/acme/app'],
      ...['index.docker.io/acme/app', 'registry-1.docker.io/acme/app:1', 'docker.io:443/acme/app', reference, byDigest],
      ...[reference.replace('/', ':443/'), `sha256:${digest}`, 'sha256:abcdef12'],
    ];
    const second = (more: object) => imagePod(stranger, Object.keys(more)[0]?.toLowerCase() ?? '', 'example', more);
    const refused = [
      ...spellings.map((spelling, index) => imagePod(stranger, `spelling-${index}`, spelling)),
      second({ initContainers: [{ name: 'first', image: reference }] }),
      second({ volumes: [{ name: 'files', image: { reference } }] }),
      imagePod(stranger, 'secret', reference, { imagePullSecrets: [{ name: 'app-pull' }] }),
      imageDeployment(stranger, 'deployment', reference),
      imagePod(owner, 'account', reference),
    ];
    const taken = [
      imagePod(owner, 'bound', reference, { serviceAccountName: 'puller' }),
      imagePod(owner, 'named', reference, { imagePullSecrets: [{ name: 'app-pull' }] }),
      ...['example', 'docker.io/library/app', 'acme/app2', 'localhost/acme/app', `app:${'a'.repeat(40)}`].map(
        (one, index) => imagePod(stranger, `other-${index}`, one),
      ),
    ];
    const found = await admitted([...refused, ...taken]);
    expect(found.admitted).toEqual(taken.map(({ metadata }) => metadata.name));
    expect(found.refusals.match(/-guard-private-repositories' denied/g)?.length).toBe(refused.length);
  });

  test('refuse a private image that the node has, though nobody would pull it', async () => {
    const credential = [
      `--docker-server=${environment('CLUSTER_PRIVATE_REGISTRY')}`,
      `--docker-username=${environment('CLUSTER_PRIVATE_REGISTRY_USER')}`,
      `--docker-password=${environment('CLUSTER_PRIVATE_REGISTRY_PASSWORD')}`,
    ];
    await kubectl(['-n', owner, 'create', 'secret', 'docker-registry', 'app-pull', ...credential]);
    const [node] = nodes();
    await pullOnce(owner, node, image.reference, { secret: 'app-pull' });
    const again = pull(stranger, node, image.reference, { policy: 'IfNotPresent' });
    await expect(again).rejects.toThrow(`${GUARD}-private-repositories`);
  });

  test('keep the mirror’s names to the mirror: in Certificates, requests and signing requests', async () => {
    const name = `URI:spiffe://test/ns/${NAMESPACE}/peer`;
    const ours = await requestFor(name);
    const theirs = await requestFor('DNS:a.example.com,IP:127.0.0.2');
    const variants = await Promise.all([
      requestFor(`DNS:a,${name}`),
      requestFor(`DNS:ab,${name}`),
      requestFor(name.replace('spiffe', 'SPIFFE')),
      requestFor(name, (pem) => pem.replace(/^(?!-).*$/gm, (line) => [...line].join('\n'))),
      requestFor(name, (pem) => `text\n${pem.replaceAll('\n', '\r\n')}`),
      requestFor('IP:127.0.0.1'),
      requestFor('IP:::ffff:127.0.0.1'),
    ]);
    const long = (bytes: number) =>
      requestFor('DNS:a.example.com', (pem) => `${'x'.repeat(bytes - pem.length - 1)}\n${pem}`);
    const [longest, longer] = await Promise.all([long(MOST_BYTES), long(MOST_BYTES + 1)]);
    const refused = [
      certificate(stranger, 'uri', { uris: OWN }),
      certificate(stranger, 'scheme', { uris: [OWN[0]?.replace('spiffe', 'Spiffe')] }),
      certificate(stranger, 'dns', { dnsNames: [`ENTRY.${NAMESPACE}.svc`] }),
      certificate(stranger, 'wildcard', { dnsNames: [`*.${NAMESPACE}.svc`] }),
      certificate(stranger, 'address', { ipAddresses: ['127.0.0.1'] }),
      certificate(stranger, 'mapped', { ipAddresses: ['::ffff:127.0.0.1'] }),
      certificate(stranger, 'ca', { commonName: 'ca', isCA: true }),
      certificateRequest(stranger, 'request', ours),
      ...variants.map((request, index) => certificateRequest(stranger, `request-${index}`, request)),
      certificateRequest(stranger, 'request-ca', theirs, { isCA: true }),
      certificateRequest(stranger, 'request-longer', longer),
      certificateRequest(NAMESPACE, 'request-here', theirs),
      signingRequest('signing', ours, 'example.com/any'),
      signingRequest('signing-issuer', theirs, `issuers.cert-manager.io/${NAMESPACE}.mirror`),
    ];
    const taken = [
      certificate(stranger, 'other', { dnsNames: ['a.example.com'], ipAddresses: ['10.0.0.1'] }),
      certificate(stranger, 'other-domain', { uris: [`spiffe://other/ns/${NAMESPACE}/peer`] }),
      certificate(stranger, 'other-issuer', { ipAddresses: ['127.0.0.1'], issuerRef: { name: 'own' } }),
      certificateRequest(stranger, 'other-request', theirs),
      signingRequest('other-signing', theirs, 'clusterissuers.cert-manager.io/platform'),
      certificateRequest(stranger, 'longest-request', longest),
      signingRequest('longest-signing', longest, 'clusterissuers.cert-manager.io/platform'),
    ];
    const found = await admitted([...refused, ...taken], TENANT);
    expect(found.admitted).toEqual(taken.map(({ metadata }) => metadata.name));
    expect(found.refusals.match(/-guard-certificate(s|-requests)' denied/g)?.length).toBe(refused.length);
    expect(found.refusals.match(/a request of more than 24 KiB/g)?.length).toBe(1);
    expect(found.refusals).not.toContain('cost');
  });

  test('let an upgrade through that changes what they compare', async () => {
    const [manifests = ''] = await synthAll([cluster({}, { entry: { loopback: { port: 31020 } } })]);
    await applyManifests(manifests);
    await ready();
    const { spec } = await get('-n', NAMESPACE, 'daemonset', 'mirror');
    expect(JSON.stringify(spec)).toContain('"hostPort":31020');
    await eventually('the older pod to be another one', 20, async () => {
      const { admitted: names } = await admitted([podOf(daemonSet, 'older'), podOf({ spec }, 'newer')]);
      return names.join() === 'newer';
    });
  });

  test('let trust-manager patch the CAs that the mirror trusts, and nobody who has the namespace alone', async () => {
    const issuer = { ref: { name: 'platform', kind: 'ClusterIssuer' } };
    const trust = { configMap: 'mirror-trust' };
    await applyGuards(cluster({}, { authentication: { mutualTls: { issuer, trust } } }));
    await kubectl(['-n', NAMESPACE, 'create', 'configmap', trust.configMap]);
    // As trust-manager's own ClusterRole: it has no right to update.
    const verbs = ['get', 'list', 'create', 'patch', 'watch', 'delete'];
    await rightsInCluster(TRUST, [{ apiGroups: [''], resources: ['configmaps'], verbs }]);
    const change = async (name: string, user: string) => {
      const patch = ['patch', 'configmap', name, '--patch={"data":{"ca.crt":"x"}}', '--dry-run=server'];
      return (await tryKubectl(['-n', NAMESPACE, `--as=${user}`, ...patch])).stderr;
    };
    await eventually('the bundle to be guarded', 20, async () => {
      return (await change(trust.configMap, TENANT)).includes(`${GUARD}-mirror-namespace`);
    });
    expect(await change(trust.configMap, TRUST)).toBe('');
    expect(await change('mirror-node-agent', TRUST)).toContain(`${GUARD}-mirror-namespace`);
  });

  test('take other operators live, and are lifted with their binding', async () => {
    const operators = { groups: ['mirror-operators'], fieldManagers: ['kubectl-*'] };
    await applyGuards(cluster({ mirrorNamespace: { operators } }));
    const pod = [podOf(daemonSet, 'pod')];
    const isOperator = async (...groups: string[]) => {
      const { refusals } = await admitted(pod, 'somebody', 'system:masters', ...groups);
      return !refusals.includes(`${GUARD}-mirror-namespace`);
    };
    await eventually('the administrator to be no operator', 20, async () => !(await isOperator()));
    expect(await isOperator('mirror-operators')).toBe(true);
    const asOperator = ['-n', NAMESPACE, '--as=somebody', '--as-group=system:masters', '--as-group=mirror-operators'];
    const change = (manager: string) =>
      tryKubectl([
        ...[...asOperator, 'patch', 'configmap', 'mirror-node-agent', '--dry-run=server', '--patch={"data":{"a":"b"}}'],
        `--field-manager=${manager}`,
      ]);
    expect((await change('kubectl-own')).code).toBe(0);
    expect((await change('other')).stderr).toContain('another field manager');
    await kubectl(['delete', 'validatingadmissionpolicybinding', `${GUARD}-mirror-namespace`]);
    await eventually('the guard to be lifted', 20, () => isOperator());
  });

  test('deny nothing with Audit, and leave a trace', async () => {
    await applyGuards(cluster({ action: 'Audit' }));
    const objects = [
      podOf(daemonSet, 'pod', otherPods.privileged),
      imagePod(stranger, 'image', image.reference),
      certificate(stranger, 'certificate', { uris: OWN }),
      certificateRequest(stranger, 'request', await requestFor(`URI:${OWN[0]}`)),
    ];
    const names = objects.map(({ metadata }) => metadata.name);
    await eventually('all to be admitted', 20, async () => (await admitted(objects)).admitted.join() === names.join());
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: NAMESPACE, name: 'secret' } };
    expect((await admitted([secret], TENANT)).admitted).toEqual(['secret']);
    const metrics = await kubectl(['get', '--raw', '/metrics']);
    for (const guard of [
      'mirror-pods',
      'mirror-namespace',
      'private-repositories',
      'certificates',
      'certificate-requests',
    ]) {
      const line = new RegExp(`_policy_check_total{enforcement_action="audit",[^}]*policy="${GUARD}-${guard}"`);
      expect(metrics).toMatch(line);
    }
  });
});
