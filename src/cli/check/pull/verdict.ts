import { counted } from '../../../settings/counted';
import { inUnits, percent } from '../../shared/bytes';
import { type Finding, finding } from '../../shared/finding';
import { names } from '../../shared/table';
import type { NodeFacts } from '../../status/nodes';
import type { Pulled } from './attempt';
import type { Candidate } from './candidates';
import { nodeOf } from './failures';
import type { Origin } from './origins';
import { reasonsOf } from './reasons';

/** Name of the check. */
export const NAME = 'pull';

/** How many digits of a digest people read. */
const DIGITS = 12;

/** Findings about a pull: the sum first, then each layer. */
export function pullFindings(candidate: Candidate, pulled: Pulled): Finding[] {
  const { origins, mirrors } = pulled;
  const layers = origins.map((origin) => layerFinding(origin, mirrors));
  return [sumFinding(candidate, pulled), ...layers];
}

function sumFinding(candidate: Candidate, pulled: Pulled): Finding {
  const { name, target } = candidate;
  const { origins, mirrors } = pulled;
  const all = sum(origins.map(({ bytes }) => bytes));
  const fromRegistry = sum(origins.map(({ registry }) => registry));
  const fromPeers = all - fromRegistry;
  const whole = `${inUnits(all)} in ${counted(origins.length, 'layer')}`;
  if (fromRegistry === 0) {
    const message = `${target} pulled ${whole}: 100 % from peers (${peersOf(origins, mirrors)})`;
    return finding('ok', NAME, name, message);
  }
  const reasons = reasonsOf(candidate, pulled);
  const why = reasons.map(({ seen }) => seen);
  const fix = reasons.map(({ fix }, index) => (reasons.length > 1 ? `${index + 1}. ${fix}` : fix)).join('\n');
  if (fromPeers === 0) {
    const message = `${target} pulled ${whole}: all from the registry, none from a peer; ${likeliest(why)}`;
    return finding('problem', NAME, name, message, fix);
  }
  const shares = `${percent(fromPeers, all)} from peers (${peersOf(origins, mirrors)}), ${inUnits(fromRegistry)} from the registry`;
  return finding('warning', NAME, name, `${target} pulled ${whole}: ${shares}; ${likeliest(why)}`, fix);
}

function likeliest(why: readonly string[]): string {
  return why.length > 1
    ? `likeliest first: ${why.map((text, index) => `${index + 1}. ${text}`).join('; ')}`
    : `${why[0]}`;
}

function layerFinding({ digest, bytes, peers, registry }: Origin, mirrors: readonly NodeFacts[]): Finding {
  const subject = `layer ${digest.replace(/^sha256:/, '').slice(0, DIGITS)}`;
  const shares = [
    ...peers.map((share) => `${inUnits(share.bytes)} from ${nodeOf(share.peer, mirrors)}`),
    ...(registry > 0 ? [`${inUnits(registry)} from the registry`] : []),
  ];
  return finding(registry > 0 ? 'note' : 'ok', NAME, subject, shares.length > 0 ? shares.join(', ') : inUnits(bytes));
}

/** Each node that gave bytes, the most first. */
function peersOf(origins: readonly Origin[], mirrors: readonly NodeFacts[]): string {
  const sums = new Map<string, number>();
  for (const { peer, bytes } of origins.flatMap(({ peers }) => peers)) {
    const node = nodeOf(peer, mirrors);
    sums.set(node, (sums.get(node) ?? 0) + bytes);
  }
  return names([...sums].sort(([, a], [, b]) => b - a).map(([node, bytes]) => `${node} ${inUnits(bytes)}`));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
