import { counted } from '../../../settings/counted';
import { kubectlError } from '../../kubectl/kubectl-error';
import { inParallel } from '../../shared/parallel';
import { names } from '../../shared/table';
import { type Attempt, attempt, type Row, type VerifyContext } from '../row';

const ROW = {
  name: 'T12',
  title: 'somebody reads a credential in objects or logs',
  tries:
    "a search for keys, tokens and credentials in the mirror's pods, workloads and ConfigMaps, and in the logs of two pods",
  expected: 'none',
  locks: ['settings'],
} satisfies Omit<Row, 'run'>;

/** A look: it prints where, never what. */
export const credentials: Row = { ...ROW, run };

const KINDS = 'pods,daemonsets,configmaps,services';
const LOG_LINES = 2000;
const AT_ONCE = 4;

/** What a credential looks like. \`Og==\` is the empty one, which Spegel sends without any. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
  [/dckr_(oat|pat)_[A-Za-z0-9_-]{8}/, 'a token of Docker Hub'],
  [/\bgl(pat|dt)-[A-Za-z0-9_-]{8}/, 'a token of GitLab'],
  [/\\?"auth\\?": ?\\?"[A-Za-z0-9+/]{8}/, 'a pull secret'],
  [/\b(Basic|Bearer) (?!Og==)(?=[a-z+/._-]*[A-Z0-9])[A-Za-z0-9+/._-]{12,}/, 'an Authorization header'],
];

interface NamedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

async function run({ kubectl, target }: VerifyContext): Promise<Attempt[]> {
  const list = await kubectl.object<{ items: NamedObject[] }>(KINDS, '--namespace', target.namespace);
  const objects = list?.items ?? [];
  const inObjects = objects.flatMap((object) =>
    found(JSON.stringify(object)).map((what) => `${what} in the ${object.kind} ${object.metadata.name}`),
  );
  const pods = target.pods.slice(0, 2).map(({ name }) => name);
  const logs = await inParallel(pods, AT_ONCE, async (pod) => {
    const words = ['--namespace', target.namespace, 'logs', pod, '--all-containers', `--tail=${LOG_LINES}`];
    const { status, stdout, stderr } = await kubectl.run(words);
    if (status !== 0) throw kubectlError(stderr);
    return found(stdout).map((what) => `${what} in the log of ${pod}`);
  });
  return [
    said(`${counted(objects.length, 'object')} of the namespace`, inObjects),
    said(`the last ${LOG_LINES} lines of each container of ${names(pods)}`, logs.flat()),
  ];
}

/** Kinds of credentials in a text. */
export function found(text: string): string[] {
  return LOOKS.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
}

function said(tried: string, all: readonly string[]): Attempt {
  if (all.length === 0) return attempt(ROW, 'ok', { tried, seen: 'no credential' });
  const fix = 'remove it there, and replace it: everybody who could read it may have it';
  return attempt(ROW, 'problem', { tried, seen: names([...all]), evidence: all, fix });
}
