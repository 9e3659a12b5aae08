import { App, Chart, Testing } from 'cdk8s';
import { SecuredStack } from '../../../src/stack/secured-stack';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';

/** A certificate as cert-manager is asked for it. */
export interface CertificateSpec {
  readonly usages: string[];
  readonly uris?: string[];
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
}

/** A folder that the proxy's container mounts: files of a ConfigMap, a Secret, or empty. */
export interface Mount {
  readonly path: string;
  readonly files?: { readonly [name: string]: string };
  readonly secretName?: string;
}

/** What the stack emits that has to do with Envoy. */
export interface Emitted {
  readonly image: string;
  /** Arguments of the container, from the program's own name on. */
  readonly command: string[];
  readonly mounts: Mount[];
  /** By the name of the Secret that they go into. */
  readonly certificates: { readonly [secretName: string]: CertificateSpec };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly args: string[];
  readonly volumeMounts: { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string };
}

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data: { readonly [name: string]: string };
  readonly spec: CertificateSpec & {
    readonly secretName: string;
    readonly template: { readonly spec: { readonly initContainers: Container[]; readonly volumes: Volume[] } };
  };
}

/** The stack that the tests run unless they say otherwise. */
const stack: SecuredStackProps = {
  name: 'cluster-1',
  registries: ['docker.io', 'ghcr.io', 'quay.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
  metrics: { from: [{ namespace: 'monitoring' }] },
};

/** Emits a stack and picks out Envoy's command, folders and certificates. */
export function emit(props: Partial<SecuredStackProps> = {}): Emitted {
  const chart = new Chart(new App(), 'test');
  new SecuredStack(chart, 'stack', { ...stack, ...props });
  const objects: KubeObject[] = Testing.synth(chart);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const pod = found(ofKind('DaemonSet')[0], 'DaemonSet').spec.template.spec;
  const proxy = found(
    pod.initContainers.find(({ name }) => name === 'proxy'),
    'container proxy',
  );
  return {
    image: proxy.image,
    command: [...proxy.command, ...proxy.args],
    mounts: proxy.volumeMounts.map(({ name, mountPath }) => {
      const { configMap, secret } = found(
        pod.volumes.find((volume) => volume.name === name),
        `volume ${name}`,
      );
      const files = ofKind('ConfigMap').find(({ metadata }) => metadata.name === configMap?.name)?.data;
      return { path: mountPath, files, secretName: secret?.secretName };
    }),
    certificates: Object.fromEntries(ofKind('Certificate').map(({ spec }) => [spec.secretName, spec])),
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`the stack emits no ${what}`);
  }
  return value;
}
