import { names } from '../../shared/table';
import { type NodeSettings, nodeSettings } from '../node-settings';
import { type Attempt, attempt, type Row } from '../row';

const ROW = {
  name: 'T11',
  title: "a false tag: the victim runs the attacker's image",
  tries:
    "a look at what each node's containerd asks the mirror for; a false tag itself is not tried, as it needs a peer",
  expected: 'content by its digest, never what a tag means',
  locks: ['settings'],
} satisfies Omit<Row, 'run'>;

/** A mirror that nobody asks about tags cannot lie about them. */
export const tags: Row = { ...ROW, run: async (context) => [tagsAttempt(await nodeSettings(context))] };

/** Whether any node asks its mirror what a tag means. */
export function tagsAttempt(all: readonly NodeSettings[]): Attempt {
  const tried = `the settings of ${names(all.map(({ node }) => node))}`;
  const hosts = all.flatMap(({ node, hosts }) => hosts.map((host) => ({ node, ...host })));
  const evidence = hosts.map(
    ({ node, registry, resolves }) => `${registry} on ${node}: ${resolves ? 'tags too' : 'digests alone'}`,
  );
  if (hosts.length === 0) return attempt(ROW, 'unknown', { tried, seen: 'not tried: no node uses the mirror yet' });
  const asked = [...new Set(hosts.filter(({ resolves }) => resolves).map(({ registry }) => registry))];
  if (asked.length > 0) {
    const seen = `nodes ask the mirror about tags of ${names(asked)}, which have public repositories: a peer may lie about those`;
    return attempt(ROW, 'warning', { tried, seen, evidence, fix: 'leave out publicRepositories, or pin digests' });
  }
  return attempt(ROW, 'ok', { tried, seen: 'no node asks the mirror what a tag means', evidence });
}
