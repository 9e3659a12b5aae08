import { setTimeout as sleep } from 'node:timers/promises';
import { restricted } from '../../../../imports/pod-security';
import { containers } from '../../../mirror/contract/names';
import { ENVOY_UID } from '../../../mirror/contract/ports';
import { kubectlError } from '../../kubectl/kubectl-error';
import { currentRunOf, type PodObject } from '../../probe/pod-state';
import { CliError } from '../../shared/cli-error';
import { type Attempt, attempt, notTried, type Row, type VerifyContext } from '../row';

const ROW = {
  name: 'T17',
  title: 'the proxy dies, and nodes cannot pull',
  tries: 'an end of the proxy of one node, and a pull there at once',
  expected: 'the node pulls, and the mirror is ready again',
  locks: ['settings'],
  disturbs: true,
} satisfies Omit<Row, 'run'>;

/** One node is without its mirror for some seconds. */
export const deadProxy: Row = { ...ROW, run };

const SECONDS = 120;
/** Longer than a kubelet takes to say that a container ended. */
const TRIES = 60;
const MILLISECONDS = 1000;

async function run({
  kubectl,
  probes,
  mirror,
  target,
  image = mirror.images.envoy,
}: VerifyContext): Promise<Attempt[]> {
  const pod = target.pods.find(({ hasAgent }) => hasAgent);
  if (pod === undefined) return [notTried(ROW, 'unknown', 'these pods have no proxy')];
  const where = ['--namespace', target.namespace];
  const proxyRun = async () => {
    const now = await kubectl.object<PodObject>('pod', pod.name, ...where);
    if (now === undefined) throw new CliError('absent', `not tried: somebody deleted ${pod.name}`);
    return currentRunOf(now, containers.proxy);
  };
  const before = await proxyRun();
  if (before === undefined) return [notTried(ROW, 'unknown', `the proxy of ${pod.name} does not run`)];
  const kill = [...where, 'exec', pod.name, '-c', containers.proxy, '--', 'bash', '-c', 'kill 1'];
  // The container may be gone before its command has ended, so that only the pod shows what came of it.
  const { stderr } = await kubectl.run(kill);
  if (kubectlError(stderr).kind === 'forbidden') throw kubectlError(stderr);
  const container = {
    name: 'probe',
    image,
    imagePullPolicy: 'Always',
    // Nothing of the image ever runs.
    command: ['/pulled-by-secure-mirror-verify-and-not-to-run'],
    securityContext: restricted(ENVOY_UID),
  };
  const [result] = await probes.run([{ purpose: 't17', node: pod.node, spec: { containers: [container] } }], SECONDS);
  const tried = `an end of the proxy on ${pod.node}, and ${image} asked for there`;
  if (!(await changes(proxyRun, before))) {
    const why = stderr === '' ? '' : ` (${kubectlError(stderr).message})`;
    return [attempt(ROW, 'unknown', { tried, seen: `not tried: the proxy did not end${why}` })];
  }
  const ready = ['wait', '--for=condition=Ready', `pod/${pod.name}`, `--timeout=${SECONDS}s`];
  const again = await kubectl.run([...where, ...ready], { seconds: SECONDS + 10 });
  if (again.status !== 0) {
    return [
      attempt(ROW, 'problem', {
        tried,
        seen: `the mirror ${pod.name} is not ready again`,
        fix: 'see `secure-mirror check`',
      }),
    ];
  }
  if (result === undefined) throw new CliError('other', 'not tried: no pod');
  // The runtime finds no such program after the pull.
  if (result.exitCodes.probe !== undefined) {
    return [attempt(ROW, 'ok', { tried, seen: 'the proxy ended, the node pulled, and the mirror is ready again' })];
  }
  // A registry that nobody reaches, or that asks for a secret, says nothing about the mirror.
  return [attempt(ROW, 'unknown', { tried, seen: `not tried: the node could not pull: ${result.reason}` })];
}

async function changes(look: () => Promise<number | undefined>, before: number): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if ((await look()) !== before) return true;
    await sleep(MILLISECONDS);
  }
  return false;
}
