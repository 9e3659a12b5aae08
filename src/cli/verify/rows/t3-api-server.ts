import { GUARD } from '../../../kubernetes/names';
import { ports } from '../../../mirror/contract/ports';
import { PORT } from '../../probe/probe-containers';
import { CliError } from '../../shared/cli-error';
import { inParallel } from '../../shared/parallel';
import { names } from '../../shared/table';
import { dryRun, GUARDS } from '../dry-run';
import { type Attempt, attempt, orUnknown, type Row, type VerifyContext } from '../row';
import { controlOf } from '../stranger/control';
import { CLOSE_THE_MIRROR } from '../stranger/row';
import { counts } from '../stranger/verdict';
import type { Target } from '../target';
import { askByProxy, DROPPED } from './api-server-proxy';

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
    await orUnknown(ROW, () => proxied(context)),
    await orUnknown(ROW, () => dryRun(ROW, context, webhookTo(context))),
    await orUnknown(ROW, () => dryRun(ROW, context, endpointOf(context))),
  ],
};

/** Each request, between looks whether the API server still reaches a pod that answers everybody; where it does not, silence proves nothing. */
async function proxied(context: VerifyContext): Promise<Attempt> {
  const { kubectl, target, mirror } = context;
  const control = await controlOf(context);
  const look = async () => {
    const { isOpen, words } = await askByProxy(kubectl, podPath(control.namespace, 'http', control.pod, PORT, '/'));
    return isOpen ? undefined : `the API server does not reach a pod of this run: ${words}`;
  };
  const ask = async (path: string) => {
    const answer = await askByProxy(kubectl, path);
    if (answer.words !== DROPPED) return answer;
    const words = await look();
    // An API server that was away for a moment is silent too.
    return words === undefined ? askByProxy(kubectl, path) : { isOpen: false, isStopped: false, words };
  };
  const before = await look();
  if (before !== undefined) throw new CliError('other', `not tried: ${before}`);
  const paths = proxyPaths(target, mirror.entry.port);
  const tried = `${paths.length} requests by way of the API server's proxies`;
  const answers = await inParallel(paths, AT_ONCE, async (path) => ({ path, ...(await ask(path)) }));
  const evidence = answers.map(({ path, words }) => `${path}: ${words}`);
  const open = answers.filter(({ isOpen }) => isOpen);
  if (open.length > 0) {
    const seen = `${open.length} answered: ${names(open.map(({ path }) => path))}`;
    return attempt(ROW, 'problem', { tried, seen, evidence, fix: CLOSE_THE_MIRROR });
  }
  const unclear = answers.find(({ isStopped }) => !isStopped);
  const why = unclear === undefined ? await look() : `${unclear.path}: ${unclear.words}`;
  if (why !== undefined) return attempt(ROW, 'unknown', { tried, seen: `not tried: ${why}`, evidence });
  return attempt(ROW, 'ok', { tried, seen: counts(answers.map(({ words }) => words)), evidence });
}

function proxyPaths({ namespace, pods, services }: Target, entry: number): string[] {
  const { spegel, listeners } = ports;
  const own = [
    ...[spegel.registry, listeners.peers, listeners.entry].map((port) => ({ port, path: '/v2/' })),
    { port: spegel.metrics, path: '/metrics' },
  ];
  const near = pods.slice(0, 2);
  return ['http', 'https'].flatMap((scheme) => [
    ...near.flatMap(({ name }) => own.map(({ port, path }) => podPath(namespace, scheme, name, port, path))),
    ...services.flatMap(({ name, ports: all }) =>
      all.map((port) => `/api/v1/namespaces/${namespace}/services/${scheme}:${name}:${port}/proxy/v2/`),
    ),
    ...near.map(({ node }) => `/api/v1/nodes/${scheme}:${node}:${entry}/proxy/v2/`),
  ]);
}

function podPath(namespace: string, scheme: string, pod: string, port: number, path: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${scheme}:${pod}:${port}/proxy${path}`;
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
    policy: `${GUARD}-webhooks`,
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
    policy: `${GUARD}-endpoints`,
    action: guards?.webhooks.action,
    isSecondLock: true,
    fix: GUARDS,
  };
}
