import { execFileSync } from 'node:child_process';

/**
 * Drops every packet to and from ports of this machine, so that whoever listens there says nothing more and refuses nothing: what a node looks like
 * that has lost its power. Needs root. Gives a function that ends it.
 */
export function silence(...ports: number[]): () => void {
  const table = `silence-${process.pid}`;
  const these = `{ ${ports.join(', ')} }`;
  const nft = (text: string) => execFileSync('nft', ['-f', '-'], { input: text, stdio: ['pipe', 'ignore', 'pipe'] });
  nft(`table inet ${table} {
    chain arriving {
      type filter hook input priority 0
      iif lo tcp dport ${these} drop
      iif lo tcp sport ${these} drop
    }
  }`);
  return () => nft(`delete table inet ${table}`);
}
