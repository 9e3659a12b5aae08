import type { Kubectl } from '../../../src/cli/kubectl/kubectl';
import type { Manifest } from '../../../src/cli/kubectl/kubectl-writer';
import type { CheckContext, NodeObject } from '../../../src/cli/probe/check';
import type { IProbes, ProbePod, ProbeResult } from '../../../src/cli/probe/probes';
import { stackObjects } from '../../../src/cli/probe/stack-objects';
import { resolveStack } from '../../../src/stack/resolve';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { minimal } from '../../support';

/** A node as the API server describes it. */
export function nodeOf(name: string, labels: { [label: string]: string } = {}, ready = true): NodeObject {
  return {
    metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...labels } },
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.4.2',
        kernelVersion: '6.12.0',
        kubeletVersion: 'v1.37.2',
        osImage: 'Debian',
      },
    },
  };
}

/** What a cluster without containers answers, and what pods print there. */
export interface FakeCluster {
  readonly stack?: SecuredStackProps;
  readonly nodes?: readonly NodeObject[];
  /** Objects, by the words after `get`. */
  readonly objects?: { readonly [words: string]: unknown };
  /** Answers by path. */
  readonly paths?: { readonly [path: string]: unknown };
  /** What a template prints, by kind. */
  readonly everywhere?: { readonly [kind: string]: string };
  /** Complaints about objects that somebody creates, by their kind. */
  readonly complaints?: { readonly [kind: string]: string };
  /** Rights that the user lacks, as `verb resource`. */
  readonly forbidden?: readonly string[];
  /** What a pod prints; nothing where it fails. */
  readonly prints?: (pod: ProbePod) => string | undefined;
}

/** A context, and what checks did in it. */
export interface FakeContext extends CheckContext {
  readonly pods: ProbePod[];
  readonly created: Manifest[];
  readonly dryRuns: Manifest[];
}

/** A context of a cluster that answers from tables. */
export function contextOf(cluster: FakeCluster): FakeContext {
  const stack = resolveStack({ ...minimal, ...cluster.stack } as never);
  const [pods, created, dryRuns]: [ProbePod[], Manifest[], Manifest[]] = [[], [], []];
  const { objects = {}, paths = {}, everywhere = {} } = cluster;
  const kubectl = {
    access: { namespace: stack.mirror.namespace },
    raw: async (path: string) => paths[path],
    object: async (...words: string[]) => objects[words.join(' ')],
    field: async () => '',
    exists: async (kind: string, name: string) => `${kind} ${name}` in objects,
    everywhere: async (kind: string) => everywhere[kind] ?? '',
    run: async (words: string[], { input = '' } = {}) => {
      const { items } = JSON.parse(input) as { items: Manifest[] };
      if (items[0]?.kind === 'SelfSubjectAccessReview')
        return { status: 0, stdout: allowed(items, cluster), stderr: '' };
      dryRuns.push(...(words.includes('--dry-run=server') ? items : []));
      const refused = items.flatMap(({ kind }) => cluster.complaints?.[kind] ?? []);
      return { status: refused.length > 0 ? 1 : 0, stdout: '', stderr: refused.join('\n') };
    },
  } as unknown as Kubectl;
  const probes: IProbes = {
    namespace: async () => 'secure-mirror-check-test',
    create: async (objects) => void created.push(...objects),
    run: async (all) => {
      pods.push(...all);
      return all.map((pod) => resultOf(pod, cluster.prints?.(pod)));
    },
    start: async (pod) => {
      pods.push(pod);
      const place = { namespace: 'secure-mirror-check-test', node: pod.node ?? '', address: '10.0.0.7' };
      return { pod: pod.purpose, ...place, stop: async () => undefined };
    },
  };
  const { nodes = [nodeOf('w1'), nodeOf('w2')] } = cluster;
  const { mirror } = stack;
  const rest = { mirror, nodes, objects: stackObjects(stack), progress: () => undefined };
  return { kubectl, probes, ...rest, pods, created, dryRuns };
}

function allowed(items: Manifest[], { forbidden = [] }: FakeCluster): string {
  const right = ({ spec }: Manifest) =>
    (spec as { resourceAttributes: { verb: string; resource: string } }).resourceAttributes;
  return items.map((item) => `${!forbidden.includes(`${right(item).verb} ${right(item).resource}`)}\n`).join('');
}

function resultOf({ purpose, node = '' }: ProbePod, printed: string | undefined): ProbeResult {
  const pod = { pod: purpose, node };
  return printed === undefined
    ? { ...pod, succeeded: false, reason: 'ErrImagePull: no such host', logs: {}, exitCodes: {}, images: {} }
    : { ...pod, succeeded: true, reason: '', logs: { probe: `${printed}\n` }, exitCodes: { probe: 0 }, images: {} };
}
