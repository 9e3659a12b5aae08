import { putProgram, type Running, start } from './load';
import { inNode } from './nodes';

/** What became of a flood's connections. */
export interface Flooded {
  readonly opened: number;
  readonly refused: number;
  /** Closed by the proxy. */
  readonly closed: number;
  readonly answers: number;
  /** Of what was asked for: the bodies of answers with 200. */
  readonly bytes: number;
  /** Most at the same time. */
  readonly most: number;
  /** Still open at the end. */
  readonly open: number;
}

const FLOOD = '/run/cluster-test-flood';

/** Puts the program on a node. */
export function putFlood(node: string): Promise<void> {
  return putProgram(node, 'flood', FLOOD);
}

/** Takes it away again. */
export async function removeFlood(node: string): Promise<void> {
  await inNode(node, 'rm', '-f', FLOOD);
}

/** Holds connections open, from a node and without a certificate. */
export function flood(node: string, address: string, connections: number, ...options: string[]): Running<Flooded> {
  return start(node, [FLOOD, '-address', address, '-connections', `${connections}`, ...options]);
}
