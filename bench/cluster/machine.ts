import { CliError } from '../../src/cli/shared/cli-error';
import { pinned } from '../../src/mirror/images';
import type { BenchNode, Nodes } from './preflight';
import type { Machine } from './results';

/** Where a run measures. */
export function machineOf({ pulling, all }: Nodes, processor: string): Machine {
  const { capacity, nodeInfo } = pulling.status;
  return {
    processor,
    cores: Number(capacity.cpu),
    memoryBytes: Number.parseInt(capacity.memory, 10) * 1024,
    nodes: all,
    kernel: nodeInfo.kernelVersion,
    system: nodeInfo.osImage,
    kubernetes: nodeInfo.kubeletVersion,
    containerd: nodeInfo.containerRuntimeVersion.replace('containerd://', ''),
    spegel: pinned.spegel.tag,
    envoy: pinned.envoy.tag,
  };
}

/** The architecture of the two nodes: containerd unpacks images of its own alone. */
export function architectureOf({ serving, pulling }: Nodes): string {
  const of = ({ status }: BenchNode) => status.nodeInfo.architecture;
  if (of(serving) !== of(pulling)) {
    throw new CliError('configuration', 'the two nodes have different architectures: choose two with --nodes');
  }
  return of(pulling);
}
