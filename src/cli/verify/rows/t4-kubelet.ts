import { k8s } from 'cdk8s-plus-28';
import { GUARD } from '../../../kubernetes/names';
import { ports } from '../../../mirror/contract/ports';
import { counted } from '../../../settings/counted';
import { PORT, scriptContainer } from '../../probe/probe-containers';
import type { ProbePod } from '../../probe/probes';
import { CliError } from '../../shared/cli-error';
import { names } from '../../shared/table';
import { dryRun, GUARDS, isTaken } from '../dry-run';
import { type Attempt, attempt, orUnknown, type Row, type VerifyContext } from '../row';
import { controlOf } from '../stranger/control';
import { CLOSE_THE_MIRROR } from '../stranger/row';
import { counts } from '../stranger/verdict';
import { answersOf, type Probed, probesOf } from './kubelet-probes';

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
const PROBE_SECONDS = 5;

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
  const specs = all.map((one) => specOf(mirror.images.envoy, one));
  const metadata = { name: 'secure-mirror-verify' };
  const taken = await dryRun(ROW, context, {
    tried: 'a pod whose probe names the mirror',
    object: k8s.KubePod.manifest({ metadata, spec: specs[0] }),
    policy: `${GUARD}-probes`,
    action: guards?.probes.action,
    isSecondLock: true,
    fix: GUARDS,
  });
  if (!isTaken(taken)) return [taken];
  return [taken, await orUnknown(ROW, () => probed(context, pod.node, all))];
}

/** Has a kubelet probe the mirror, and a pod that answers everybody: where this one fails, no failure proves anything. */
async function probed(context: VerifyContext, node: string, all: readonly Probed[]): Promise<Attempt> {
  const { address } = await controlOf(context);
  // A pod for each, as the kubelet ends the containers of a pod one after the other.
  const pods = [...probesOf(address, [PORT], ['HTTP']), ...all].map(
    (one): ProbePod => ({ purpose: 't4', node, spec: specOf(context.mirror.images.envoy, one) }),
  );
  const results = await context.probes.run(pods, SECONDS);
  const [control, ...answers] = await answersOf(context, results);
  const tried = `${counted(all.length, 'probe')} by the kubelet of ${node}`;
  const evidence = all.map(({ url }, index) => `${url}: ${answers[index]?.words}`);
  const open = all.filter((_, index) => answers[index]?.isOpen).map(({ url }) => url);
  if (open.length > 0) {
    const seen = `${open.length} succeeded: ${names(open)}`;
    return attempt(ROW, 'problem', { tried, seen, evidence, fix: CLOSE_THE_MIRROR });
  }
  if (!control?.isOpen) {
    const seen = `not tried: the kubelet does not even reach a pod of this run: ${control?.words}`;
    return attempt(ROW, 'unknown', { tried, seen, evidence });
  }
  return attempt(ROW, 'ok', { tried, seen: counts(answers.map(({ words }) => words)), evidence });
}

function specOf(image: string, { probe }: Probed): k8s.PodSpec {
  const livenessProbe = { httpGet: probe, periodSeconds: 1, timeoutSeconds: PROBE_SECONDS, failureThreshold: 1 };
  return { containers: [{ ...scriptContainer(image, ALIVE), livenessProbe }] };
}
