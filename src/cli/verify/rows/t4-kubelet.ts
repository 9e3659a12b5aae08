import { k8s } from 'cdk8s-plus-28';
import { ports } from '../../../mirror/contract/ports';
import { counted } from '../../../settings/counted';
import { scriptContainer } from '../../probe/probe-containers';
import type { ProbePod, ProbeResult } from '../../probe/probes';
import { CliError } from '../../shared/cli-error';
import { names } from '../../shared/table';
import { dryRun, GUARDS } from '../dry-run';
import { type Attempt, attempt, type Row, type VerifyContext } from '../row';
import { CLOSE_THE_MIRROR } from '../stranger/row';
import { counts } from '../stranger/verdict';

const ROW = {
  name: 'T4',
  title: "a probe of a tenant's pod makes the kubelet call the mirror",
  tries: "liveness probes whose host is the mirror's pod, the node or its loopback",
  expected: 'admission refuses the pod, or each probe fails',
  locks: ['mutual TLS', 'loopback', 'admission'],
} satisfies Omit<Row, 'run'>;

/** The kubelet calls from the node, which no NetworkPolicy keeps from its own pods. */
export const kubelet: Row = { ...ROW, run };

const SECONDS = 120;
/** Longer than a probe takes; a container that its kubelet kills ends with another code than 0. */
const ALIVE = 'sleep 12';

/** What a probe asks for. */
interface Probed {
  readonly url: string;
  readonly probe: k8s.HttpGetAction;
}

interface EventObject {
  readonly message?: string;
  readonly involvedObject?: { readonly name?: string };
}

async function run(context: VerifyContext): Promise<Attempt[]> {
  const { target, mirror, guards } = context;
  const [pod] = target.pods;
  if (pod === undefined) throw new CliError('absent', 'not tried: no pod');
  const entry = mirror.entry.port;
  const all = [
    ...probesOf(pod.address, [ports.spegel.registry], ['HTTP']),
    ...probesOf(pod.address, [ports.listeners.peers, ports.listeners.entry]),
    ...probesOf(pod.nodeAddress, [...new Set([entry, ...pod.hostPorts])]),
    ...probesOf('127.0.0.1', [entry]),
  ];
  const specs = all.map(({ probe }) => ({
    containers: [
      {
        ...scriptContainer(mirror.images.envoy, ALIVE),
        livenessProbe: { httpGet: probe, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 1 },
      },
    ],
  }));
  const metadata = { name: 'secure-mirror-verify' };
  const taken = await dryRun(ROW, context, {
    tried: 'a pod whose probe names the mirror',
    object: k8s.KubePod.manifest({ metadata, spec: specs[0] }),
    action: guards?.probes.action,
    isSecondLock: true,
    fix: GUARDS,
  });
  if (taken.level === 'ok') return [taken];
  // A pod for each, as the kubelet ends the containers of a pod one after the other.
  const pods = specs.map((spec) => ({ purpose: 't4', node: pod.node, spec }));
  return [taken, await probed(context, pods, all)];
}

/** Has a kubelet probe. */
async function probed({ kubectl, probes }: VerifyContext, pods: ProbePod[], all: readonly Probed[]): Promise<Attempt> {
  const results = await probes.run(pods, SECONDS);
  const lost = results.find(({ exitCodes }) => exitCodes.probe === undefined);
  if (lost !== undefined) throw new CliError('other', `not tried: a pod of the attack failed (${lost.reason})`);
  const namespace = await probes.namespace();
  const words = ['--namespace', namespace, '--field-selector', 'reason=Unhealthy'];
  const events = (await kubectl.object<{ items: EventObject[] }>('events', ...words))?.items ?? [];
  const answers = all.map(({ url }, index) => {
    const { pod, exitCodes } = results[index] as ProbeResult;
    const event = events.find(({ involvedObject }) => involvedObject?.name === pod);
    if (event !== undefined) return { url, isOpen: false, words: failure(event.message ?? '') };
    if (exitCodes.probe === 0) return { url, isOpen: true, words: 'it succeeded' };
    throw new CliError('other', `not tried: a pod of the attack ended with ${exitCodes.probe}, and no event says why`);
  });
  const tried = `${counted(all.length, 'probe')} by the kubelet of ${pods[0]?.node}`;
  const evidence = answers.map(({ url, words }) => `${url}: ${words}`);
  const open = answers.filter(({ isOpen }) => isOpen).map(({ url }) => url);
  if (open.length > 0) {
    const seen = `${open.length} succeeded: ${names(open)}`;
    return attempt(ROW, 'problem', { tried, seen, evidence, fix: CLOSE_THE_MIRROR });
  }
  return attempt(ROW, 'ok', { tried, seen: counts(answers.map(({ words }) => words)), evidence });
}

function probesOf(host: string, all: readonly number[], schemes: readonly string[] = ['HTTP', 'HTTPS']): Probed[] {
  return all.flatMap((port) =>
    schemes.map((scheme) => ({
      url: `${scheme.toLowerCase()}://${host}:${port}/v2/`,
      probe: {
        host,
        port: k8s.IntOrString.fromNumber(port),
        path: '/v2/',
        scheme,
        httpHeaders: [{ name: 'x-spegel-mirrored', value: 'true' }],
      },
    })),
  );
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/tls: (certificate required|handshake failure|bad certificate)/, 'TLS refused without a certificate (mutual TLS)'],
  [/connection refused/, 'connection refused (nobody listens there)'],
  [/deadline exceeded|timeout|no route to host/, 'dropped (a network policy or a firewall)'],
  [/HTTP response to HTTPS client|first record does not look like a TLS/, 'no TLS there'],
  [/statuscode: 400/, 'answered with HTTP 400'],
  [/EOF|reset by peer|malformed HTTP/, 'closed without an answer'],
];

function failure(message: string): string {
  const [, status] = /statuscode: (\d+)/.exec(message) ?? [];
  if (status !== undefined) return `answered with HTTP ${status}`;
  return REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'the probe failed';
}
