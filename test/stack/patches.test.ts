import { App, Chart } from 'cdk8s';
import { SecuredStack } from '../../src';
import type { PatchProps } from '../../src/stack/patch-props';
import { resolveStack } from '../../src/stack/resolve';
import { warningsOf } from '../../src/stack/warnings';
import { kind, type Manifest, minimal, objectsOf, variants } from '../support';

const CONFIG_HASH = 'secured-mirror/config-hash';
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
    expect(hashOf([configMap('mirror-node-agent', '/metadata/annotations', { a: 'b' })])).toBe(hashOf([]));
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
    const patch: PatchProps['patch'] = [{ op: 'add', path: '/metadata/annotations', value: { a: 'b' } }];
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

  it.each([
    ['NetworkPolicy', 'mirror', '/spec/ingress/0'],
    ['DaemonSet', 'mirror', '/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem'],
    ['DaemonSet', 'mirror', '/spec/template/spec/hostNetwork'],
  ])('of a lock are told: %s %s at %s', (target, name, path) => {
    const patches: PatchProps[] = [{ target: { kind: target, name }, patch: [{ op: 'add', path, value: {} }] }];
    expect(warningsOf(resolveStack({ ...minimal, patches }), '2025-06-01')).toEqual([
      `patches[0]: it changes a lock of the mirror, ${target} ${name}: nothing checks what it opens`,
    ]);
  });

  it('of anything else are not', () => {
    expect(warningsOf(resolveStack({ ...minimal, patches: [addSidecar] }), '2025-06-01')).toEqual([]);
  });
});
