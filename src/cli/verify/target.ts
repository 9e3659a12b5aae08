import { mirrorLabels } from '../../kubernetes/names';
import { containers } from '../../mirror/contract/names';
import type { Kubectl } from '../kubectl/kubectl';
import type { PodObject } from '../probe/pod-state';
import { isReady } from '../probe/pod-state';
import { CliError } from '../shared/cli-error';

/** The mirror that the command attacks. */
export interface Target {
  readonly namespace: string;
  /** Its pods that are ready, by the names of their nodes. */
  readonly pods: readonly TargetPod[];
  readonly services: readonly TargetService[];
}

/** A pod of it. */
export interface TargetPod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly nodeAddress: string;
  /** Ports of its node that lead to it. */
  readonly hostPorts: readonly number[];
  /** Whether it has a node agent, by which the command can look at the node's settings. */
  readonly hasAgent: boolean;
  /** Words of its containers' command lines. */
  readonly words: readonly string[];
  /** Its containers' images, as its manifest names them. */
  readonly images: readonly string[];
}

/** A Service of its namespace. */
export interface TargetService {
  readonly name: string;
  /** Empty where it has none of its own. */
  readonly address: string;
  readonly ports: readonly number[];
  readonly nodePorts: readonly number[];
}

interface ContainerObject {
  readonly name: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly ports?: { readonly hostPort?: number }[];
}

type TargetPodObject = PodObject & {
  readonly spec: {
    readonly nodeName: string;
    readonly containers: ContainerObject[];
    readonly initContainers?: ContainerObject[];
  };
  readonly status: { readonly podIP: string; readonly hostIP: string };
};

interface ServiceObject {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly clusterIP?: string;
    readonly ports?: { readonly port: number; readonly nodePort?: number }[];
  };
}

/** Labels of the mirror's pods, as a selector. */
export const MIRROR_SELECTOR = Object.entries(mirrorLabels)
  .map(([label, value]) => `${label}=${value}`)
  .join(',');

/**
 * Looks up the mirror that the command attacks.
 *
 * @param kubectl asks the cluster
 * @param namespace its namespace
 * @param selector labels of its pods
 * @throws CliError where no pod of it is ready
 */
export async function readTarget(kubectl: Kubectl, namespace: string, selector: string): Promise<Target> {
  const list = async <T>(...words: string[]) =>
    (await kubectl.object<{ items: T[] }>(...words, '--namespace', namespace))?.items ?? [];
  const pods = (await list<TargetPodObject>('pods', '--selector', selector)).filter(isReady);
  if (pods.length === 0) {
    throw new CliError('absent', `no pod ${selector} in the namespace ${namespace} is ready: nothing to attack`);
  }
  // As readNodes does, so that the first is on the node of the first stranger.
  pods.sort((a, b) => a.spec.nodeName.localeCompare(b.spec.nodeName, 'en', { numeric: true }));
  const services = await list<ServiceObject>('services');
  return { namespace, pods: pods.map(podOf), services: services.map(serviceOf) };
}

function podOf({ metadata, spec, status }: TargetPodObject): TargetPod {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  return {
    name: metadata.name,
    node: spec.nodeName,
    address: status.podIP,
    nodeAddress: status.hostIP,
    hostPorts: all.flatMap(({ ports = [] }) => ports.flatMap(({ hostPort }) => hostPort ?? [])),
    hasAgent: spec.containers.some(({ name }) => name === containers.agent),
    words: all.flatMap(({ command = [], args = [] }) => [...command, ...args]),
    images: all.map(({ image }) => image),
  };
}

function serviceOf({ metadata, spec }: ServiceObject): TargetService {
  const { clusterIP = 'None', ports = [] } = spec;
  return {
    name: metadata.name,
    address: clusterIP === 'None' ? '' : clusterIP,
    ports: ports.map(({ port }) => port),
    nodePorts: ports.flatMap(({ nodePort }) => nodePort ?? []),
  };
}
