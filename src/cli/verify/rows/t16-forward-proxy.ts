import { names } from '../../shared/table';
import { type NodeSettings, nodeSettings } from '../node-settings';
import { type Attempt, attempt, notTried, type Row } from '../row';

const ROW = {
  name: 'T16',
  title: "a forward proxy sees the node's requests",
  tries: "a look at the mirror's address in the settings of each node",
  expected: 'an address of loopback, for which containerd asks no proxy',
  locks: ['settings'],
} satisfies Omit<Row, 'run'>;

/** What a forward proxy would see. */
export const forwardProxy: Row = { ...ROW, run: async (context) => [forwardProxyAttempt(await nodeSettings(context))] };

/** Whether each node reaches its mirror by loopback. */
export function forwardProxyAttempt(all: readonly NodeSettings[]): Attempt {
  const tried = `the settings of ${names(all.map(({ node }) => node))}`;
  const urls = [...new Set(all.flatMap(({ hosts }) => hosts.map(({ url }) => url)))];
  if (urls.length === 0) return attempt(ROW, 'unknown', { tried, seen: 'not tried: no node uses the mirror yet' });
  if (!urls.every((url) => new URL(url).hostname === '127.0.0.1')) {
    return notTried(
      ROW,
      'note',
      `the entry is ${names(urls)}: \`secure-mirror check --check proxy\` looks at NO_PROXY on each node`,
    );
  }
  return attempt(ROW, 'ok', {
    tried,
    seen: `all use ${names(urls)}, for which containerd asks no proxy`,
    evidence: urls,
  });
}
