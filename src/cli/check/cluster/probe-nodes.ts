import type { NodeObject } from '../check';

/** Two nodes that run pods, or as many as there are: what is tried between pods is tried on the first, and from the second to the first. */
export function probeNodes(nodes: readonly NodeObject[]): string[] {
  const isReady = ({ status }: NodeObject) =>
    status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return nodes
    .filter(isReady)
    .slice(0, 2)
    .map(({ metadata }) => metadata.name);
}
