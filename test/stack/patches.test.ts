import { App, Chart } from 'cdk8s';
import { SecuredStack } from '../../src';
import type { PatchProps } from '../../src/stack/patch-props';
import { resolveStack } from '../../src/stack/resolve';
import { warningsOf } from '../../src/stack/warnings';
import { kind, type Manifest, minimal, objectsOf, variants } from '../support';

const CONFIG_HASH = 'secured-mirror/config-hash';
const FLUX = 'kustomize.toolkit.fluxcd.io/substitute';
const HASHED = ['mirror-redirect', 'mirror-auth-proxy', 'mirror-node-agent'];
const sidecar = { name: 'logs', image: 'example.com/logs:1', securityContext: { runAsUser: 1000 } };
const addSidecar: PatchProps = {
  target: { kind: 'DaemonSet', name: 'mirror' },
  patch: [
    { op: 'add', path: '/spec/template/spec/containers/-', value: sidecar },
    { op: 'add', path: '/spec/template/spec/volumes/-', value: { name: 'own', hostPath: { path: '/var/log/own' } } },
  ],
};

const daemonSet = (objects: Manifest[]) => kind(objects, 'DaemonSet')[0] ?? {};
const hashOf = (patches: PatchProps[]) =>
  daemonSet(objectsOf({ ...minimal, patches })).spec.template.metadata.annotations[CONFIG_HASH];
const configMap = (name: string, path: string, value: unknown): PatchProps => ({
  target: { kind: 'ConfigMap', name },
  patch: [{ op: 'add', path, value }],
});

describe('patches of what pods read when they start', () => {
  it.each(HASHED)('let the pods of %s start anew, by another annotation', (name) => {
    const hashes = [[], [configMap(name, '/data/x', 'one')], [configMap(name, '/data/x', 'two')]].map(hashOf);
    expect(new Set(hashes).size).toBe(3);
    for (const hash of hashes.slice(1)) expect(hash).toMatch(new RegExp(`^${hashes[0]}-[0-9a-f]{16}$`));
  });

  it('let them alone where labels or annotations change', () => {
    expect(hashOf([configMap('mirror-node-agent', '/metadata/annotations/a', 'b')])).toBe(hashOf([]));
    const test: PatchProps = {
      target: { kind: 'ConfigMap', name: 'mirror-node-agent' },
      patch: [{ op: 'test', path: '/kind', value: 'ConfigMap' }],
    };
    expect(hashOf([test])).toBe(hashOf([]));
  });

  it('are all of them: the pods mount no other ConfigMap of the stack', () => {
    const objects = objectsOf(minimal);
    const mounted = daemonSet(objects)
      .spec.template.spec.volumes.flatMap(({ configMap: map }: Manifest) => map?.name ?? [])
      .sort();
    expect(mounted).toEqual([...HASHED].sort());
  });
});

describe('what is made of other objects follows patches', () => {
  it('as the guard of the pods, which knows a container and a host path of the user', () => {
    const guarded = variants.guards ?? minimal;
    const guard = (patches: PatchProps[]) =>
      JSON.stringify(
        objectsOf({ ...guarded, patches }).find(
          ({ kind: one, metadata }) => one === 'ValidatingAdmissionPolicy' && /mirror-pods$/.test(metadata.name),
        ),
      );
    expect(guard([])).not.toContain('example.com/logs');
    for (const word of ['logs example.com/logs', 'logs 1000', 'own hostPath /var/log/own']) {
      expect(guard([addSidecar])).toContain(word);
    }
  });

  it('as the policies of approver-policy, which allow what a Certificate says', () => {
    const certificate: PatchProps = {
      target: { kind: 'Certificate', name: 'mirror-peer' },
      patch: [{ op: 'add', path: '/spec/dnsNames', value: ['peer.example.com'] }],
    };
    const guards = { certificates: { approverPolicy: true } };
    const network = { cidrs: { nodes: ['192.0.2.0/24'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] } };
    const policies = kind(
      objectsOf({ ...minimal, network, guards, patches: [certificate] }),
      'CertificateRequestPolicy',
    );
    const allowed = policies.map(({ spec }) => spec.allowed.dnsNames?.values).filter((names) => names !== undefined);
    expect(allowed).toContainEqual(['peer.example.com']);
  });
});

describe('patches', () => {
  it('come after one another, and before those of an app', () => {
    const at = (path: string, value: unknown): PatchProps => ({
      target: { kind: 'DaemonSet', name: 'mirror' },
      patch: [{ op: 'add', path, value }],
    });
    const patches = [at('/spec/minReadySeconds', 1), at('/spec/minReadySeconds', 2)];
    expect(daemonSet(objectsOf({ ...minimal, patches })).spec.minReadySeconds).toBe(2);
    const stack = new SecuredStack(new Chart(new App(), 'test'), 'stack', { ...minimal, patches });
    expect(stack.daemonSet.toJson().spec.minReadySeconds).toBe(2);
  });

  it('change nothing by a test that holds', () => {
    const patches: PatchProps[] = [
      { target: { kind: 'DaemonSet', name: 'mirror' }, patch: [{ op: 'test', path: '/kind', value: 'DaemonSet' }] },
    ];
    expect(objectsOf({ ...minimal, patches })).toEqual(objectsOf(minimal));
  });

  it.each([
    ['an object with a namesake of another API', { kind: 'NetworkPolicy', name: 'mirror-flows' }],
    ['its API version', { kind: 'NetworkPolicy', name: 'mirror', apiVersion: 'networking.k8s.io/v1' }],
  ])('find %s', (_, target) => {
    const patches: PatchProps[] = [{ target, patch: [{ op: 'add', path: '/spec/order', value: 50 }] }];
    const found = objectsOf({ ...minimal, network: { cni: 'calico' }, patches }).filter(
      ({ spec }) => spec?.order === 50,
    );
    expect(found.map(({ metadata }) => metadata.name)).toEqual([target.name]);
  });

  it('refuse a name that several namespaces have, until one is named', () => {
    const organization = {
      organization: 'kong',
      pull: [
        {
          purpose: 'app pull',
          repositories: ['kong/app'],
          owner: 'team',
          bindTo: ['one', 'two'].map((namespace) => ({ namespace, serviceAccounts: ['default'] })),
        },
      ],
    };
    const target = { kind: 'ServiceAccount', name: 'default' };
    const patch: PatchProps['patch'] = [{ op: 'add', path: '/metadata/annotations/a', value: 'b' }];
    const made = (namespace?: string) =>
      objectsOf({ ...minimal, tokens: [organization], patches: [{ target: { ...target, namespace }, patch }] });
    expect(() => made()).toThrow(
      'patches[0].target: 2 objects have this kind and name: name namespace too, one of one, two',
    );
    const patched = made('two').filter(({ metadata }) => metadata.annotations?.a === 'b');
    expect(patched.map(({ metadata }) => metadata.namespace)).toEqual(['two']);
  });

  it.each([
    ['/__proto__/polluted', '__proto__ is no key'],
    ['/metadata/labels/__proto__', '__proto__ is no key'],
  ])('refuse a place outside of the object: %s', (path, message) => {
    const patches: PatchProps[] = [
      { target: { kind: 'DaemonSet', name: 'mirror' }, patch: [{ op: 'add', path, value: true }] },
    ];
    expect(() => objectsOf({ ...minimal, patches })).toThrow(message);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  const AUTOMATIC = 'kustomize.toolkit.fluxcd.io/prune';
  const OWN = "is the stack's own, and stays as it is: name a single key of yours, such as";
  const tokens = [
    {
      organization: 'kong',
      pull: [
        {
          purpose: 'app pull',
          repositories: ['kong/app'],
          owner: 'team',
          bindTo: [{ namespace: 'one', serviceAccounts: ['default'] }],
        },
      ],
    },
  ];

  it.each<[string, string, PatchProps['patch'][number], string]>([
    ['ConfigMap', 'mirror-auth-proxy', { op: 'add', path: '/metadata/annotations', value: { a: 'b' } }, FLUX],
    [
      'ConfigMap',
      'mirror-auth-proxy',
      { op: 'remove', path: `/metadata/annotations/${FLUX.replace('/', '~1')}` },
      FLUX,
    ],
    [
      'ServiceAccount',
      'default',
      { op: 'replace', path: '/metadata/annotations', value: {} },
      'argocd.argoproj.io/sync-options',
    ],
    [
      'DaemonSet',
      'mirror',
      { op: 'replace', path: '/spec/template/metadata/annotations', value: { a: 'b' } },
      CONFIG_HASH,
    ],
    ['DaemonSet', 'mirror', { op: 'replace', path: '/spec/template', value: {} }, 'app.kubernetes.io/component'],
    [
      'Service',
      'mirror-peers',
      { op: 'move', from: '/metadata/labels', path: '/metadata/annotations' },
      'app.kubernetes.io/managed-by',
    ],
    [
      'Namespace',
      'secured-mirror',
      { op: 'add', path: '/metadata/annotations', value: { 'secured-mirror/x': 'y' } },
      'secured-mirror/x',
    ],
  ])('refuse to change what the stack itself sets: %s %s', (kindOf, name, operation, key) => {
    const patches: PatchProps[] = [{ target: { kind: kindOf, name }, patch: [operation] }];
    expect(() => objectsOf({ ...minimal, tokens, patches })).toThrow(`${key} ${OWN}`);
  });

  it('add and change labels and annotations of the user by their keys', () => {
    const patches: PatchProps[] = [
      {
        target: { kind: 'ConfigMap', name: 'mirror-auth-proxy' },
        patch: [{ op: 'add', path: '/metadata/annotations/example.com~1owner', value: 'platform' }],
      },
      {
        target: { kind: 'Service', name: 'mirror-peers' },
        patch: [{ op: 'add', path: '/metadata/annotations', value: { [AUTOMATIC]: 'disabled' } }],
      },
    ];
    const objects = objectsOf({ ...minimal, patches });
    const annotations = (name: string) => objects.find(({ metadata }) => metadata.name === name)?.metadata.annotations;
    expect(annotations('mirror-auth-proxy')).toEqual({ [FLUX]: 'disabled', 'example.com/owner': 'platform' });
    expect(annotations('mirror-peers')).toEqual({ [AUTOMATIC]: 'disabled' });
  });

  const warned = (kindOf: string, name: string, operation: PatchProps['patch'][number]) =>
    warningsOf(
      resolveStack({ ...minimal, patches: [{ target: { kind: kindOf, name }, patch: [operation] }] }),
      '2025-06-01',
    );
  const POD = '/spec/template/spec';

  it.each<[string, string, PatchProps['patch'][number]]>([
    ['NetworkPolicy', 'mirror', { op: 'remove', path: '/spec/ingress/0' }],
    ['DaemonSet', 'mirror', { op: 'add', path: `${POD}/hostNetwork`, value: true }],
    [
      'DaemonSet',
      'mirror',
      { op: 'add', path: `${POD}/containers/-`, value: { securityContext: { privileged: true } } },
    ],
    ['DaemonSet', 'mirror', { op: 'remove', path: `${POD}/containers/0/ports/0/hostIP` }],
    ['DaemonSet', 'mirror', { op: 'add', path: POD, value: {} }],
    ['ConfigMap', 'mirror-auth-proxy', { op: 'replace', path: '/data', value: {} }],
    ['Certificate', 'mirror-node', { op: 'add', path: '/spec/usages', value: [] }],
    ['Namespace', 'secured-mirror', { op: 'remove', path: '/metadata/labels/pod-security.kubernetes.io~1enforce' }],
    ['Namespace', 'secured-mirror', { op: 'replace', path: '/metadata/labels', value: {} }],
    ['NetworkPolicy', 'mirror', { op: 'copy', from: '/kind', path: '/metadata/annotations/helm.sh~1hook' }],
  ])('are told, wherever they may open a lock: %s %s %j', (kindOf, name, operation) => {
    expect(warned(kindOf, name, operation)).toEqual([
      `patches[0]: nothing checks what this opens in ${kindOf} ${name}, at ${operation.path}`,
    ]);
  });

  it('are told of the place that a move empties, and of a bad key among annotations', () => {
    const from = `${POD}/containers/0/securityContext`;
    expect(warned('DaemonSet', 'mirror', { op: 'move', from, path: '/metadata/annotations/x' })).toEqual([
      `patches[0]: nothing checks what this opens in DaemonSet mirror, at ${from}`,
    ]);
    const value = { a: 'b', 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' };
    expect(warned('NetworkPolicy', 'mirror', { op: 'add', path: '/metadata/annotations', value })).toEqual([
      'patches[0]: nothing checks what this opens in NetworkPolicy mirror, at /metadata/annotations/kustomize.toolkit.fluxcd.io~1reconcile',
    ]);
  });

  it.each<PatchProps['patch'][number]>([
    { op: 'add', path: '/metadata/annotations', value: { 'example.com/owner': 'platform' } },
    { op: 'add', path: '/metadata/labels/example.com~1owner', value: 'platform' },
    { op: 'replace', path: `${POD}/containers/0/resources/limits/memory`, value: '1Gi' },
    { op: 'add', path: `${POD}/nodeSelector`, value: {} },
    { op: 'test', path: '/kind', value: 'DaemonSet' },
  ])('of places that open nothing are not told: %j', (operation) => {
    expect(warned('DaemonSet', 'mirror', operation)).toEqual([]);
  });
});
