import { cniSupport, limitsOf } from '../../mirror/network/cni-support';
import { inWords, LISTENERS, type Reach, reachability } from '../../mirror/network/reachability';
import { sourceText } from '../../mirror/network/sources';
import type { ResolvedMirror } from '../../mirror/resolved';
import { table } from '../shared/table';

const LEGEND: readonly (readonly [string, string])[] = [
  ['denied', 'by policy, unless another policy allows it'],
  ['denied (final)', 'by policy, and no NetworkPolicy can allow it'],
  ['certificate X', 'gets through, and needs a client certificate of the identity X'],
  ['password', 'gets through, and needs the password'],
  ['open', 'gets through, and needs nothing'],
];

/** Who reaches which listener, for people. */
export function asText(mirror: ResolvedMirror): string[] {
  const reaches = reachability(mirror);
  const words = new Set(reaches.map(inWords));
  return [
    heading(mirror),
    '',
    ...table(['FROM', ...LISTENERS.map((name) => columnOf(reaches, name))], rows(reaches)),
    '',
    ...LEGEND.filter(([term]) => [...words].some((word) => isIn(word, term))).map(([term, text]) => `${term}: ${text}`),
    ...support(mirror),
    ...(mirror.network.policies ? ['', 'What policies cannot do'] : []),
    ...limits(mirror).flatMap(({ what, lock }) => [`- ${what}`, `  ${lock}`]),
  ];
}

/** The same, for programs. */
export function asValue(mirror: ResolvedMirror): object {
  const { name, network, entry } = mirror;
  return {
    cluster: name,
    policies: network.policies,
    cni: network.cni,
    entry: { address: entry.address, port: entry.port },
    rows: reachability(mirror).map((reach) => ({
      from: typeof reach.source === 'string' ? reach.source : sourceText(reach.source),
      listener: reach.listener,
      port: reach.port,
      verdict: reach.policy === 'denies' ? 'denied' : reach.proof.open ? 'open' : 'authenticated',
      policy: reach.policy,
      final: reach.final,
      certificate: reach.proof.certificate,
      password: reach.proof.password,
    })),
    limits: limits(mirror),
  };
}

function heading({ name, network, entry }: ResolvedMirror): string {
  const policies = network.policies ? `network.cni ${network.cni ?? 'not set'}` : 'network.policies false';
  return `cluster ${name}: ${policies}; each node reaches its own pod at ${entry.address}:${entry.port}, which leads to the entry`;
}

function columnOf(reaches: readonly Reach[], name: string): string {
  const port = reaches.find(({ listener }) => listener === name)?.port;
  return `${name.toUpperCase()} ${port}`;
}

function rows(reaches: readonly Reach[]): string[][] {
  return [...new Set(reaches.map(({ source }) => source))].map((source) => [
    sourceText(source),
    ...reaches.filter((reach) => reach.source === source).map(inWords),
  ]);
}

/** Whether a cell says what a term of the legend means. */
function isIn(word: string, term: string): boolean {
  if (term === 'certificate X') return word.startsWith('certificate');
  return term === 'password' ? word.endsWith('password') : word === term;
}

function support({ network }: ResolvedMirror): string[] {
  if (network.cni === undefined) return [];
  const { name, adds, needs } = cniSupport[network.cni];
  const list = (title: string, items: readonly string[]) => [
    '',
    `${name}: ${title}`,
    ...items.map((item) => `- ${plain(item)}`),
  ];
  return [...list('what the stack adds', adds), ...list('what that needs', needs)];
}

/** Without the marks of Markdown, in which the page has the same sentences. */
function plain(text: string): string {
  return text.replace(/[`*]/g, '');
}

function limits(mirror: ResolvedMirror): { what: string; lock: string; sources: readonly string[] }[] {
  const known = mirror.network.policies ? limitsOf(mirror) : [];
  return known.map(({ what, lock, sources }) => ({ what: plain(what), lock: plain(lock), sources }));
}
