import type { NodeObject } from './check';
import { nodeIsReady } from './nodes';

/** Two nodes that run pods, or as many as there are: what is tried between pods is tried on the first, and from the second to the first. */
export function probeNodes(nodes: readonly NodeObject[]): string[] {
  return nodes
    .filter(nodeIsReady)
    .slice(0, 2)
    .map(({ metadata }) => metadata.name);
}
