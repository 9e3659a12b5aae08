import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { kind, type Manifest, objectsOf, variants } from '../support';
import { type Made, make } from './ca/certificate-maker';

const NAMESPACE = 'secured-mirror';

/** What must never be asked for. */
export const PLANTED = 'planted-secret-9d1f';

/** What kubectl answers from. */
export interface Cluster {
  readonly objects: { [name: string]: Manifest };
  /** Files in containers, by pod and container. */
  readonly files: { [container: string]: { [file: string]: string } };
  readonly refusals: { asked: string; says: string }[];
}

/** A kubectl that answers from a cluster. */
export class FakeKubectl {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  /** The program. */
  public readonly path = join(this.folder, 'kubectl');

  public constructor({ objects, files, refusals }: Cluster) {
    copyFileSync(resolve(__dirname, 'fake-kubectl.sh'), this.path);
    chmodSync(this.path, 0o755);
    this.write('asked', '');
    this.write('refusals', refusals.map(({ asked, says }) => `${asked}\t${says}\n`).join(''));
    for (const [name, object] of Object.entries(objects)) {
      this.write(`objects/${name}/json`, JSON.stringify(object));
      this.write(`objects/${name}/jsonpath={.spec.ca.secretName}`, object.spec?.ca?.secretName ?? '');
      this.write(`objects/${name}/jsonpath={.spec.acme.server}`, object.spec?.acme?.server ?? '');
      for (const [key, value] of Object.entries(object.data ?? {})) {
        this.write(`objects/${name}/data/${key}`, `${value}`);
      }
    }
    for (const [container, contents] of Object.entries(files)) {
      for (const [file, content] of Object.entries(contents)) {
        this.write(`files/${container}/${file.replaceAll('/', '_')}`, content);
      }
    }
  }

  /** The command lines that it got. */
  public get asked(): string[][] {
    const lines = readFileSync(join(this.folder, 'asked'), 'utf8').split('\0\n\0').slice(0, -1);
    return lines.map((line) => line.split('\0'));
  }

  private write(file: string, content: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A cluster with one of the stacks that tests know, on two nodes; its certificates are signed by a CA, and it trusts some. */
export function clusterOf(variant: string, ca: Made, trusted: Made[], report: (node: string) => string): Cluster {
  const objects: Cluster['objects'] = {};
  for (const object of objectsOf(variants[variant] as never)) {
    const plural = object.kind === 'Issuer' ? 'issuers.cert-manager.io' : object.kind.toLowerCase();
    objects[`${NAMESPACE}/${plural}/${object.metadata.name}`] = object;
  }
  const stack = Object.values(objects);
  const daemonSet = objects[`${NAMESPACE}/daemonset/mirror`];
  daemonSet.status = { desiredNumberScheduled: 2 };
  objects[`${NAMESPACE}/certificates.cert-manager.io`] = { items: kind(stack, 'Certificate') };
  objects[`${NAMESPACE}/secret/mirror-ca`] = secret({ 'tls.crt': ca.pem, 'tls.key': PLANTED });
  objects[`${NAMESPACE}/configmap/mirror-trust`] = {
    metadata: { labels: {} },
    data: { 'ca.crt': trusted.map(({ pem }) => pem).join('') },
  };
  const identities: { [identity: string]: string } = {};
  for (const identity of ['peer', 'server', 'node']) {
    const { pem } = make({ name: identity, ca: false, by: ca });
    identities[identity] = pem;
    const content = { 'tls.crt': pem, 'tls.key': PLANTED, 'ca.crt': ca.pem };
    objects[`${NAMESPACE}/secret/mirror-${identity}`] = secret(content);
  }
  const folder = (identity: string) => `/etc/secured-mirror/tls-${identity}/tls.crt`;
  const files: Cluster['files'] = {};
  for (const node of ['w1', 'w2']) {
    const ids = trusted.map(({ id }) => `secured_mirror_trust_info{ca="${id}"} 1\n`).join('');
    const all = { '/run/node-agent/report': report(node) + ids, [folder('node')]: identities.node ?? '' };
    files[`mirror-${node}/node-agent`] = all;
    files[`mirror-${node}/proxy`] = Object.fromEntries(
      ['peer', 'server'].map((identity) => [folder(identity), identities[identity] ?? '']),
    );
  }
  objects[`${NAMESPACE}/pods`] = { items: ['w2', 'w1'].map(pod) };
  return { objects, files, refusals: [] };
}

/** Has the stack's issuer sign by ACME, so that there are no certificates. */
export function withAcme(cluster: Cluster): Cluster {
  const issuer = `${NAMESPACE}/issuers.cert-manager.io/mirror`;
  cluster.objects[issuer] = { spec: { acme: { server: 'https://acme.example.com/directory' } } };
  for (const identity of ['peer', 'server', 'node']) delete cluster.objects[`${NAMESPACE}/secret/mirror-${identity}`];
  return cluster;
}

function secret(content: { [key: string]: string }): Manifest {
  const coded = Object.entries(content).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return { data: Object.fromEntries(coded) };
}

function pod(node: string): Manifest {
  return {
    metadata: { name: `mirror-${node}`, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { nodeName: node },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'node-agent', state: { running: { startedAt: '2026-01-01T00:00:01Z' } } }],
    },
  };
}
