import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NAMESPACE } from './kubectl';
import { run } from './run';

/** A part of an object of the API. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export type Part = any;

/** What somebody changes in the mirror's pod, by the name of the pod. */
export const otherPods: { readonly [name: string]: (spec: Part) => void } = {
  'an-image': (spec) => set(spec, 'spegel', { image: 'docker.io/envoyproxy/envoy:v1.40.0' }),
  'an-image-below': (spec) => set(spec, 'spegel', { image: 'ghcr.io/spegel-org/spegel/other:v1' }),
  'an-image-elsewhere': (spec) => set(spec, 'spegel', { image: 'example.com/ghcr.io/spegel-org/spegel:v1' }),
  'a-container': (spec) => spec.containers.push({ ...of(spec, 'node-agent'), name: 'other' }),
  'a-user': (spec) => secure(spec, 'proxy', { runAsUser: 0, runAsNonRoot: false }),
  'a-capability': (spec) => secure(spec, 'proxy', { capabilities: { add: ['SYS_ADMIN'] } }),
  privileged: (spec) => secure(spec, 'spegel', { privileged: true, allowPrivilegeEscalation: true }),
  'no-seccomp': (spec) => Object.assign(spec, { securityContext: { seccompProfile: { type: 'Unconfined' } } }),
  'host-pid': (spec) => Object.assign(spec, { hostPID: true }),
  'a-host-path': (spec) => spec.volumes.push({ name: 'root', hostPath: { path: '/' } }),
  'another-host-path': (spec) => Object.assign(volume(spec, 'registry-config').hostPath, { path: '/etc' }),
  'a-host-path-to-write': (spec) => delete mount(spec, 'spegel', 'containerd-content').readOnly,
  'a-host-path-elsewhere': (spec) => give(spec, 'node-agent', 'containerd-socket'),
  'a-secret': (spec) => spec.volumes.push({ name: 'ca', secret: { secretName: 'mirror-ca' } }),
  'a-secret-elsewhere': (spec) => give(spec, 'node-agent', 'tls-peer'),
  'a-secret-in-a-projection': (spec) =>
    spec.volumes.push({ name: 'ca', projected: { sources: [{ secret: { name: 'mirror-ca' } }] } }),
  'a-host-port': (spec) => set(spec, 'proxy', { ports: [{ containerPort: 5001, hostPort: 5001 }] }),
  'a-host-port-on-all-addresses': (spec) => delete of(spec, 'spegel').ports[0].hostIP,
  'an-account': (spec) => Object.assign(spec, { serviceAccountName: 'default', serviceAccount: 'default' }),
};

/** The pod of a DaemonSet, and what somebody changes in it. */
export function podOf(daemonSet: Part, name: string, change: (spec: Part) => void = () => {}): Part {
  const { metadata, spec } = structuredClone(daemonSet.spec.template);
  change(spec);
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, namespace: NAMESPACE, name }, spec };
}

const of = (spec: Part, container: string) =>
  [...spec.containers, ...spec.initContainers].find(({ name }) => name === container);
const volume = (spec: Part, volume: string) => spec.volumes.find(({ name }: Part) => name === volume);
const mount = (spec: Part, container: string, volume: string) =>
  of(spec, container).volumeMounts.find(({ name }: Part) => name === volume);
const give = (spec: Part, container: string, name: string) =>
  of(spec, container).volumeMounts.push({ name, mountPath: '/other' });
const set = (spec: Part, container: string, values: object) => Object.assign(of(spec, container), values);
const secure = (spec: Part, container: string, values: object) =>
  Object.assign(of(spec, container).securityContext, values);

/** A pod of one image, and what else is in it. */
export function imagePod(namespace: string, name: string, image: string, more: object = {}): Part {
  const spec = { containers: [{ name: 'main', image }], ...more };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name }, spec };
}

/** A Deployment of one image. */
export function imageDeployment(namespace: string, name: string, image: string): Part {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image }] } };
  const spec = { selector: { matchLabels: { app: name } }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace, name }, spec };
}

/** A NetworkPolicy that lets everybody to every pod. */
export function allowing(namespace: string, name: string): Part {
  const spec = { podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

/** A Service that opens a port of every node. */
export function nodePort(namespace: string, name: string): Part {
  const spec = { type: 'NodePort', selector: { a: 'b' }, ports: [{ port: 5000 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec };
}

const issuerRef = { name: 'platform', kind: 'ClusterIssuer', group: 'cert-manager.io' };

/** A Certificate. */
export function certificate(namespace: string, name: string, spec: object): Part {
  const metadata = { namespace, name };
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata,
    spec: { secretName: name, issuerRef, ...spec },
  };
}

/** A CertificateRequest. */
export function certificateRequest(namespace: string, name: string, request: string, more: object = {}): Part {
  const metadata = { namespace, name };
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'CertificateRequest',
    metadata,
    spec: { issuerRef, request, ...more },
  };
}

/** A CertificateSigningRequest. */
export function signingRequest(name: string, request: string, signerName: string): Part {
  const spec = { request, signerName, usages: ['client auth'] };
  return { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec };
}

/** A request for alternative names, as openssl writes them, in base64. */
export async function requestFor(names: string, wrapped = (pem: string) => pem): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-request-'));
  try {
    const [key, out] = [join(folder, 'key'), join(folder, 'request')];
    const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    await run([
      'openssl',
      'req',
      '-new',
      ...algorithm,
      '-subj',
      '/CN=x',
      '-addext',
      `subjectAltName=${names}`,
      '-out',
      out,
    ]);
    return Buffer.from(wrapped(readFileSync(out, 'utf8'))).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
