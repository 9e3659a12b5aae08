import { type Finding, finding, type Level } from '../shared/finding';
import { names } from '../shared/table';
import type { StatusFacts } from './facts';
import type { NodeFacts } from './nodes';
import type { Unauthenticated } from './report';

/** Findings about what enforcing authentication would shut out. */
export function permissiveFindings({ nodes, permissive }: StatusFacts): Finding[] {
  if (!permissive) {
    return [];
  }
  const sources = countedBySource(nodes);
  const starts = nodes.flatMap(({ since = [] }) => since).sort();
  const since = starts.length > 0 ? `, the last of which started at ${starts.at(-1)}` : '';
  if (sources.length === 0) {
    const blind = nodes.filter(({ report }) => report === undefined);
    return nodes.length === 0 || blind.length > 0
      ? [
          permissiveFinding(
            'warning',
            'unknown',
            `nodes without a report may serve such requests too: ${names(blind.map(({ node }) => node)) || 'all'}`,
          ),
        ]
      : [
          permissiveFinding(
            'ok',
            'safe',
            `enforcing looks safe: no request without a credential since the agents started${since}`,
          ),
        ];
  }
  const top = sources.map(({ listener, source, count }) => `${source} at ${listener} (${count})`);
  const message = `enforcing would shut out: ${names(top)}; counted since the agents started${since}`;
  return [permissiveFinding('warning', 'shuts-out', message)];
}

function permissiveFinding(level: Level, code: string, message: string): Finding {
  return finding(level, `permissive-${code}`, 'permissive', message);
}

/** Requests without authentication, over all nodes, most first. */
export function countedBySource(nodes: NodeFacts[]): Unauthenticated[] {
  const sums = new Map<string, Unauthenticated>();
  for (const { listener, source, count } of nodes.flatMap(({ report }) => report?.unauthenticated ?? [])) {
    const key = `${listener} ${source}`;
    sums.set(key, { listener, source, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
