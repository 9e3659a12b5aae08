import { ports } from '../../../mirror/contract/ports';
import { kubectlError } from '../../kubectl/kubectl-error';
import { CliError } from '../../shared/cli-error';
import { inParallel } from '../../shared/parallel';
import { names } from '../../shared/table';
import { dryRun, GUARDS } from '../dry-run';
import { type Attempt, attempt, notTried, type Row, type VerifyContext } from '../row';
import { CLOSE_THE_MIRROR } from '../stranger/row';
import { counts } from '../stranger/verdict';
import type { Target } from '../target';

const AT_ONCE = 6;

const ROW = {
  name: 'T3',
  title: 'the API server is used as the caller',
  tries:
    'a GET by way of the proxies of pods, Services and nodes; a dry run of a webhook and an EndpointSlice that lead to the mirror',
  expected: 'no answer below 400; admission refuses the objects',
  locks: ['mutual TLS', 'policies', 'admission'],
} satisfies Omit<Row, 'run'>;

/** The API server as a client: its address is a node's, so that policies often let it in. */
export const apiServer: Row = {
  ...ROW,
  run: async (context) => [
    await proxied(context),
    await unlessForbidden(() => dryRun(ROW, context, webhookTo(context))),
    await unlessForbidden(() => dryRun(ROW, context, endpointOf(context))),
  ],
};

async function unlessForbidden(run: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return notTried(ROW, 'unknown', error.message);
  }
}

async function proxied({ kubectl, target, mirror }: VerifyContext): Promise<Attempt> {
  const paths = proxyPaths(target, mirror.entry.port);
  const tried = `${paths.length} requests by way of the API server's proxies`;
  const answers = await inParallel(paths, AT_ONCE, async (path) => {
    const { status, stderr } = await kubectl.run(['--request-timeout=4s', 'get', '--raw', path], { seconds: 20 });
    return { path, isOpen: status === 0, words: status === 0 ? 'answered' : refusal(stderr) };
  });
  const evidence = answers.map(({ path, words }) => `${path}: ${words}`);
  const open = answers.filter(({ isOpen }) => isOpen);
  if (open.length > 0) {
    const seen = `${open.length} answered: ${names(open.map(({ path }) => path))}`;
    return attempt(ROW, 'problem', { tried, seen, evidence, fix: CLOSE_THE_MIRROR });
  }
  return attempt(ROW, 'ok', { tried, seen: counts(answers.map(({ words }) => words)), evidence });
}

function proxyPaths({ namespace, pods, services }: Target, entry: number): string[] {
  const { spegel, listeners } = ports;
  const own = [
    ...[spegel.registry, listeners.peers, listeners.entry].map((port) => ({ port, path: '/v2/' })),
    { port: spegel.metrics, path: '/metrics' },
  ];
  const base = `/api/v1/namespaces/${namespace}`;
  const near = pods.slice(0, 2);
  return ['http', 'https'].flatMap((scheme) => [
    ...near.flatMap(({ name }) => own.map(({ port, path }) => `${base}/pods/${scheme}:${name}:${port}/proxy${path}`)),
    ...services.flatMap(({ name, ports: all }) =>
      all.map((port) => `${base}/services/${scheme}:${name}:${port}/proxy/v2/`),
    ),
    ...near.map(({ node }) => `/api/v1/nodes/${scheme}:${node}:${entry}/proxy/v2/`),
  ]);
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/denied request/, 'refused at admission'],
  [/tls: (certificate required|handshake failure|bad certificate)/, 'TLS refused without a certificate (mutual TLS)'],
  [/connection refused/, 'connection refused (nobody listens there)'],
  [/timeout|timed out|deadline exceeded|no route to host/i, 'dropped (a network policy or a firewall)'],
  [/EOF|reset by peer|malformed HTTP/, 'closed without an answer'],
  [/HTTP response to HTTPS client|first record does not look like a TLS/, 'no TLS there'],
  [/no endpoints available/, 'no endpoint that the API server would ask'],
  [/\(NotFound\)|could not find/, 'answered with HTTP 404'],
];

/** What stopped a request, in the words that rows share; an error where the user may not send it. */
function refusal(stderr: string): string {
  const error = kubectlError(stderr);
  if (error.kind === 'forbidden') throw error;
  // The user is logged in, as the command has asked other things before: so these are the mirror's words.
  if (error.kind === 'login') return 'answered with HTTP 401';
  return REASONS.find(([pattern]) => pattern.test(stderr))?.[1] ?? `refused: ${error.message}`;
}

function webhookTo({ target, guards }: VerifyContext) {
  const [service] = target.services;
  const clientConfig = { service: { namespace: target.namespace, name: service?.name ?? 'mirror', path: '/v2/' } };
  return {
    tried: 'a webhook that calls a Service of the mirror',
    object: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'secure-mirror-verify' },
      webhooks: [
        {
          name: 'verify.secure-mirror.example.com',
          clientConfig,
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
          // If anybody ever made it: for objects that do not exist, and without effect.
          objectSelector: { matchLabels: { 'secure-mirror/check': 'nothing' } },
          failurePolicy: 'Ignore',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    },
    action: guards?.webhooks.action,
    isSecondLock: true,
    fix: GUARDS,
  };
}

function endpointOf({ target, guards }: VerifyContext) {
  const address = target.pods[0]?.address ?? '';
  return {
    tried: "an EndpointSlice of a tenant that names a mirror's pod",
    object: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'secure-mirror-verify' },
      addressType: address.includes(':') ? 'IPv6' : 'IPv4',
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports: [{ name: 'https', port: ports.listeners.peers, protocol: 'TCP' }],
    },
    action: guards?.webhooks.action,
    isSecondLock: true,
    fix: GUARDS,
  };
}
