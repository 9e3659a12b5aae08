import type { NodeFacts } from '../../../../src/cli/check/node/facts';
import { Kubectl } from '../../../../src/cli/kubectl/kubectl';
import type { Check, CheckContext, NodeObject } from '../../../../src/cli/probe/check';
import type { IProbes, ProbePod, ProbeResult } from '../../../../src/cli/probe/probes';
import type { Finding } from '../../../../src/cli/shared/finding';
import { resolveMirror } from '../../../../src/mirror/resolve';
import type { SecuredStackProps } from '../../../../src/stack/secured-stack-props';
import { minimal } from '../../../support';

/** A node of a test. */
export interface ProbedNode {
  /** @default containerd://2.4.2 */
  readonly runtime?: string;
  readonly architecture?: string;
  readonly osImage?: string;
  /** What the probe sees, beside what it sees on every node. */
  readonly facts?: Partial<NodeFacts>;
  /** How the container of the redirect ends, by its name; with 0 unless said otherwise. */
  readonly redirect?: { readonly [container: string]: { readonly code?: number; readonly log: string } };
  /** @default true */
  readonly ready?: boolean;
  /** Why the probe does not run. */
  readonly failure?: string;
}

const FACTS: NodeFacts = {
  main: '/etc/containerd/config.toml',
  started: 1000,
  files: [],
  missing: [],
  unreadable: [],
  registries: [{ registry: 'docker.io', kind: 'none', reason: '' }],
  folders: [],
  list: 'absent',
  units: [],
  variables: [],
  sockets: true,
  listening: [],
  inotify: 1024,
};

/** A file of the configuration, older than containerd's process. */
export const file = (toml: string, path = FACTS.main, changed = 900) => ({ path, changed, toml });

/** A log with these facts, as probe.sh prints it. */
export function logOf(facts: NodeFacts): string {
  const line = (word: string, ...fields: (string | number)[]) =>
    `${[word, ...fields.map((field) => `:${Buffer.from(`${field}`).toString('base64')}`)].join(' ')}\n`;
  return [
    ...(facts.started === undefined ? [] : [line('process', facts.started)]),
    line('main', facts.main),
    ...facts.files.map(({ path, changed, toml }) => line('file', path, changed, toml)),
    ...facts.missing.map((path) => line('missing', path)),
    ...facts.unreadable.map((path) => line('unreadable', path)),
    ...facts.registries.map(({ registry, kind, reason }) => line('registry', registry, kind, reason)),
    ...facts.folders.map((name) => line('folder', name)),
    line('list', facts.list),
    ...facts.units.map((path) => line('unit', path)),
    ...facts.variables.map(({ file, name, value }) => line('variable', file, name, value)),
    ...(facts.sockets ? [line('sockets', 'tcp')] : []),
    ...facts.listening.map((address) => line('listening', address)),
    line('inotify', facts.inotify),
    'end\n',
  ].join('');
}

function nodeObject(name: string, { runtime, architecture, osImage, ready = true }: ProbedNode): NodeObject {
  const nodeInfo = {
    architecture: architecture ?? 'amd64',
    containerRuntimeVersion: runtime ?? 'containerd://2.4.2',
    kernelVersion: '6.18.0',
    kubeletVersion: 'v1.37.2',
    osImage: osImage ?? 'Debian GNU/Linux 12 (bookworm)',
  };
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  return { metadata: { name }, spec: {}, status: { nodeInfo, conditions } };
}

function resultOf(node: string, { facts, redirect = {}, failure }: ProbedNode): ProbeResult {
  const pod = `node-${node}`;
  if (failure !== undefined)
    return { pod, node, succeeded: false, reason: failure, logs: {}, exitCodes: {}, images: {} };
  const tried = { redirect: { code: 0, log: '' }, ...redirect };
  const codes = Object.entries(tried).flatMap(([name, { code }]) =>
    code === undefined ? [] : [[name, code] as const],
  );
  return {
    pod,
    node,
    succeeded: true,
    reason: '',
    logs: {
      facts: logOf({ ...FACTS, ...facts }),
      ...Object.fromEntries(Object.entries(tried).map(([name, { log }]) => [name, log])),
    },
    exitCodes: { facts: 0, ...Object.fromEntries(codes) },
    images: {},
  };
}

/** Probes that answer from a list of nodes, and note down what was asked. */
export class FakeProbes implements IProbes {
  public readonly runs: ProbePod[][] = [];

  public constructor(private readonly nodes: { readonly [name: string]: ProbedNode }) {}

  public async run(pods: readonly ProbePod[]): Promise<ProbeResult[]> {
    this.runs.push([...pods]);
    return pods.map(({ node = '' }) => resultOf(node, this.nodes[node] ?? {}));
  }

  public namespace(): never {
    throw new Error('not asked for');
  }

  public create(): never {
    throw new Error('not asked for');
  }

  public start(): never {
    throw new Error('not asked for');
  }
}

/** A context with these nodes. */
export function contextOf(
  nodes: { readonly [name: string]: ProbedNode },
  settings: Partial<SecuredStackProps> = {},
): CheckContext & { readonly probes: FakeProbes } {
  const kubectl = new Kubectl({ namespace: 'secured-mirror' });
  jest.spyOn(kubectl, 'everywhere').mockResolvedValue('');
  return {
    kubectl,
    probes: new FakeProbes(nodes),
    mirror: resolveMirror({ ...minimal, ...settings }),
    objects: [],
    nodes: Object.entries(nodes).map(([name, node]) => nodeObject(name, node)),
    progress: () => undefined,
  };
}

/** What a check says of one node. */
export async function saidOf(
  check: Check,
  node: ProbedNode,
  settings: Partial<SecuredStackProps> = {},
): Promise<Finding[]> {
  return check.run(contextOf({ w1: node }, settings));
}
