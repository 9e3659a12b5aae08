import fc, { type Arbitrary } from 'fast-check';
import { platforms } from '../../src/mirror/platforms';
import type { Platform } from '../../src/mirror/props/containerd-props';
import type { PatchProps } from '../../src/stack/patch-props';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import type { StackFile } from '../../src/stack/stack-file';
import { authentication, fitted, metrics } from './arbitrary-authentication';
import {
  accessLog,
  containerd,
  dnsLabel,
  dnsName,
  entry,
  few,
  host,
  images,
  limits,
  monitoring,
  network,
  path,
  pod,
  some,
  toleration,
} from './arbitrary-settings';
import { tokens } from './arbitrary-tokens';

let made: Arbitrary<StackFile> | undefined;

/** A stack.yaml that is right, of one to three clusters with any of the settings: made once, as that takes as long as many runs. */
export function stackFile(): Arbitrary<StackFile> {
  made ??= fc
    .uniqueArray(securedStack(), { minLength: 1, maxLength: 3, selector: ({ name }) => name })
    .map((clusters) => ({ clusters }));
  return made;
}

/** Settings of a cluster that are right. A trust domain ends in the cluster's name: no two clusters share one. */
export function securedStack(): Arbitrary<SecuredStackProps> {
  return fc
    .tuple(required(), fc.record(optional(), some), fc.option(repositories(), { nil: undefined }), fc.boolean())
    .map(([cluster, settings, repository, hasDomain]) => {
      const { name, registries, authentication } = cluster;
      const [registry] = registries;
      const publicRepositories =
        repository === undefined
          ? {}
          : { publicRepositories: [`${registry === '_default' ? 'quay.io' : registry}/${repository}`] };
      const domain = hasDomain ? { trustDomain: `mirror.${name}` } : {};
      const { mutualTls } = authentication;
      const ways = { ...authentication, ...(mutualTls ? { mutualTls: { ...mutualTls, ...domain } } : {}) };
      return fitted({ name, registries, authentication: ways, ...settings, ...publicRepositories });
    });
}

function repositories(): Arbitrary<string> {
  return fc.tuple(path(), fc.constantFrom('', '/*')).map((parts) => parts.join(''));
}

/** A patch that every stack takes. */
function patch(): Arbitrary<PatchProps> {
  const minReadySeconds = fc.nat(100).map((value) => ({ op: 'add' as const, path: '/spec/minReadySeconds', value }));
  const annotations = fc
    .dictionary(dnsLabel(), fc.constantFrom(null, true, 5, 'text', ['a']), { maxKeys: 2 })
    .map((value) => ({ op: 'add' as const, path: '/metadata/annotations', value }));
  return fc.record({
    target: fc.constant({ kind: 'DaemonSet', name: 'mirror' }),
    patch: fc.array(fc.oneof(minReadySeconds, annotations), { minLength: 1, maxLength: 2 }),
  });
}

function required() {
  const registries = fc.oneof(
    fc.uniqueArray(host(), { minLength: 1, maxLength: 4 }),
    fc.subarray(['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io'], { minLength: 1 }),
    fc.constantFrom<string[]>(['_default'], ['_default', 'docker.io'], ['ghcr.io', '_default']),
  );
  return fc.record({ name: dnsLabel(), registries, authentication: authentication() });
}

function optional() {
  return {
    namespace: dnsLabel().map((name) => `mirror-${name}`),
    entry: entry(),
    platform: fc.constantFrom(...(Object.keys(platforms) as Platform[])),
    containerd: containerd(),
    images: images(),
    imagePullSecrets: fc.uniqueArray(dnsName(), few),
    tokens: tokens(),
    limits: limits(),
    accessLog: accessLog(),
    network: network(),
    metrics: metrics(),
    monitoring: monitoring(),
    nodeSelector: fc.dictionary(
      fc.oneof(
        dnsLabel(),
        fc.tuple(host(), dnsLabel()).map((parts) => parts.join('/')),
      ),
      dnsLabel(),
      { maxKeys: 3 },
    ),
    tolerations: fc.array(toleration(), few),
    dualStack: fc.boolean(),
    patches: fc.array(patch(), few),
    ...pod(),
  };
}
