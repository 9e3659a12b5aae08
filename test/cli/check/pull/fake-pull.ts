import { createHash } from 'node:crypto';
import type { Kubectl } from '../../../../src/cli/kubectl/kubectl';
import type { CheckContext, NodeObject } from '../../../../src/cli/probe/check';
import type { IProbes, ProbePod, ProbeResult } from '../../../../src/cli/probe/probes';
import type { PeerRequest } from '../../../../src/mirror/contract/peer-request';
import { resolveStack } from '../../../../src/stack/resolve';
import { minimal } from '../../../support';

/** An image for amd64 and arm64 with two layers of its own for each, as a registry keeps it. */
export const layers = [
  { digest: digestOf('layer one'), size: 3_000_000 },
  { digest: digestOf('layer two'), size: 1_000_000 },
];
const manifestText = JSON.stringify({ config: { digest: digestOf('configuration') }, layers });
const otherText = JSON.stringify({ layers: [{ digest: digestOf('another layer'), size: 5 }] });
const indexText = JSON.stringify({
  manifests: [
    { digest: digestOf(otherText), platform: { os: 'linux', architecture: 'arm64' } },
    { digest: digestOf(manifestText), platform: { os: 'linux', architecture: 'amd64' } },
  ],
});
export const index = digestOf(indexText);

/** The blobs of a node that has pulled it: its configuration holds a secret. */
export const blobs: { readonly [digest: string]: string } = {
  [index]: indexText,
  [digestOf(manifestText)]: manifestText,
  [digestOf('configuration')]: '{"config":{"Env":["PASSWORD=planted"]}}',
};

/** The digest of a text. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** A request to the peer with this address. */
export function request(peer: string, more: Partial<PeerRequest> = {}): PeerRequest {
  return { peer, content: null, connection: 1, status: 200, bytes: 0, flags: '-', failure: null, ...more };
}

/** A node with images. */
export function nodeWith(
  name: string,
  images: NodeObject['status']['images'] = [],
  { ready = true, architecture = 'amd64' } = {},
): NodeObject {
  const nodeInfo = {
    architecture,
    containerRuntimeVersion: 'containerd://2.4.2',
    kernelVersion: '6.12.0',
    kubeletVersion: 'v1.37.2',
    osImage: 'Debian',
  };
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  return { metadata: { name }, spec: {}, status: { nodeInfo, conditions, images } };
}

/** The image in a node's list. */
export const listed = {
  names: [`registry.example.com/team/app@${index}`, 'registry.example.com/team/app:1'],
  sizeBytes: 4_001_000,
};

/** How a pull goes in a cluster that exists in memory. */
export interface FakePull {
  readonly nodes?: readonly NodeObject[];
  /** Digests of layers in the stores of w1, which has the image, and of w2. */
  readonly stores?: { readonly w1?: readonly string[]; readonly w2?: readonly string[] };
  /** The kubelet's words when it cannot pull. */
  readonly refusal?: string;
  /** Layers in the store of w2 after the pull. */
  readonly arrives?: readonly string[];
  /** Lines in the log of w2's proxy from then on. */
  readonly log?: readonly PeerRequest[];
  /** Requests at the entry of w2 that its agent counts, before and after; it counts none when left out. */
  readonly counted?: readonly [number, number];
  /** Names of nodes whose mirror is not ready. */
  readonly unready?: readonly string[];
  /** Nodes that have a mirror. */
  readonly mirrors?: readonly string[];
}

/** A context of that cluster, and the pods that a check started in it. */
export function contextOf(pull: FakePull): CheckContext & { readonly pods: ProbePod[] } {
  const all = layers.map(({ digest }) => digest);
  const {
    stores = {},
    nodes = [nodeWith('w1', [listed]), nodeWith('w2')],
    arrives = all,
    mirrors = ['w1', 'w2'],
  } = pull;
  const pods: ProbePod[] = [];
  let pulled = false;
  const store = (node = '') => {
    const has = node === 'w1' ? (stores.w1 ?? all) : [...(stores.w2 ?? []), ...(pulled ? arrives : [])];
    const sizes = has.map((digest) => `${layers.find((layer) => layer.digest === digest)?.size}\t./${hex(digest)}`);
    const documents = Object.entries(blobs).filter(([, text]) => /manifests|layers/.test(text));
    const shown = documents.map(([digest, text]) => `document ${hex(digest)} ${Buffer.from(text).toString('base64')}`);
    return [...sizes, ...(node === 'w1' || pulled ? shown : [])].join('\n');
  };
  const resultOf = ({ purpose, node = '' }: ProbePod): ProbeResult => {
    const result = { pod: purpose, node, succeeded: true, reason: '', logs: {}, exitCodes: {}, images: {} };
    if (purpose === 'store') return { ...result, logs: { store: store(node) } };
    if (node === 'w2') pulled = pull.refusal === undefined;
    const images = { ...(pull.refusal === undefined && { pull: `registry.example.com/team/app@${index}` }) };
    return { ...result, succeeded: false, reason: pull.refusal ?? 'StartError: no such file', images };
  };
  const mirrorPods = mirrors.map((name) => ({
    metadata: { name: `mirror-${name}`, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { nodeName: name },
    status: {
      podIPs: [{ ip: addressOf(name) }],
      conditions: [{ type: 'Ready', status: pull.unready?.includes(name) ? 'False' : 'True' }],
      containerStatuses: [{ name: 'node-agent', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
    },
  }));
  const report = () => {
    const requests = pull.counted?.[pulled ? 1 : 0];
    const usage = `secured_mirror_peer_bytes_total 0\nsecured_mirror_entry_requests_total{registry="_default"} ${requests}\n`;
    return `secured_mirror_only_mirror 0\n${requests === undefined ? '' : usage}`;
  };
  const kubectl = {
    object: async () => ({ items: mirrorPods }),
    files: async () => report(),
    run: async () => ({ status: 0, stderr: '', stdout: logText(pulled ? (pull.log ?? []) : []) }),
  } as unknown as Kubectl;
  const probes = {
    run: async (some: readonly ProbePod[]) => {
      pods.push(...some);
      return some.map(resultOf);
    },
  } as Partial<IProbes> as IProbes;
  const { mirror } = resolveStack({ ...minimal, registries: ['registry.example.com', '_default'] } as never);
  return { kubectl, probes, mirror, nodes, objects: [], progress: () => undefined, pods };
}

/** Address of a node's mirror. */
export function addressOf(node: string): string {
  return `10.0.0.${node.slice(1)}`;
}

/** The log of a proxy: its other lines come from Envoy itself. */
export function logText(requests: readonly object[]): string {
  return ['[2026-01-01][warning][config] something', ...requests.map((line) => JSON.stringify(line)), ''].join('\n');
}

function hex(digest: string): string {
  return digest.replace('sha256:', '');
}
