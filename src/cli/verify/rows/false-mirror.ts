import { names } from '../../shared/table';
import { type NodeSettings, nodeSettings } from '../node-settings';
import { type Attempt, attempt, type Row, type VerifyContext } from '../row';

const COMMON = {
  expected: 'https, checked against the CA of the stack',
  locks: ['mutual TLS'],
} as const;

const T22 = {
  ...COMMON,
  name: 'T22',
  title: 'after uninstall somebody else binds the port and receives pulls',
  tries: "a look at how each node's containerd knows the mirror; no port is taken away from it",
} satisfies Omit<Row, 'run'>;

const T23 = {
  ...COMMON,
  name: 'T23',
  title: "a false mirror answers 401 and gets the pod's pull secret",
  tries: 'the same look: over http containerd gives the pull secret to every server that asks',
} satisfies Omit<Row, 'run'>;

/** Somebody who takes the port over. */
export const takenPort: Row = { ...T22, run: (context) => look(T22, context) };

/** Somebody who asks for a pull secret. */
export const falseMirror: Row = { ...T23, run: (context) => look(T23, context) };

/** How Spegel's own configuration command names the address for containerd. */
const HTTP_TARGET = /^(--mirror-targets=)?http:\/\//;

async function look(row: Omit<Row, 'run'>, context: VerifyContext): Promise<Attempt[]> {
  const target = targetsOf(context).filter((word) => HTTP_TARGET.test(word));
  if (target.length > 0) {
    const tried = 'the address that Spegel writes into the settings of nodes';
    const seen = `${names([...new Set(target)])}: every server that answers there gets pull secrets in clear text`;
    return [attempt(row, 'problem', { tried, seen, evidence: target, fix: TLS })];
  }
  return [falseMirrorAttempt(row, await nodeSettings(context))];
}

/** Words after --mirror-targets, up to the next option. */
function targetsOf({ target }: VerifyContext): string[] {
  return target.pods.slice(0, 1).flatMap(({ words }) => {
    const start = words.findIndex((word) => word.startsWith('--mirror-targets'));
    const rest = start < 0 ? [] : words.slice(start);
    const end = rest.findIndex((word, index) => index > 0 && word.startsWith('--'));
    return end < 0 ? rest : rest.slice(0, end);
  });
}

const TLS = 'use mutual TLS: with it containerd checks the certificate of the mirror';

/** Whether each node knows its mirror by a certificate. */
export function falseMirrorAttempt(row: Omit<Row, 'run'>, all: readonly NodeSettings[]): Attempt {
  const tried = `the settings of ${names(all.map(({ node }) => node))}`;
  const hosts = all.flatMap(({ node, hosts }) => hosts.map((host) => ({ node, ...host })));
  const evidence = hosts.map(
    ({ node, registry, url, hasCa }) => `${registry} on ${node}: ${url}${hasCa ? ', CA checked' : ''}`,
  );
  if (hosts.length === 0) return attempt(row, 'unknown', { tried, seen: 'not tried: no node uses the mirror yet' });
  const open = hosts.filter(({ url, hasCa }) => !url.startsWith('https://') || !hasCa);
  if (open.length > 0) {
    const seen = `no certificate is checked: ${names([...new Set(open.map(({ url }) => url))])}`;
    return attempt(row, 'problem', { tried, seen, evidence, fix: TLS });
  }
  return attempt(row, 'ok', { tried, seen: 'https, checked against the CA of the stack', evidence });
}
