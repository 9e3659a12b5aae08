import { restricted } from '../../../../imports/pod-security';
import { containers } from '../../../mirror/contract/names';
import { ENVOY_UID } from '../../../mirror/contract/ports';
import { kubectlError } from '../../kubectl/kubectl-error';
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
  const kill = [...where, 'exec', pod.name, '-c', containers.proxy, '--', 'bash', '-c', 'kill 1'];
  const { status, stderr } = await kubectl.run(kill);
  // The container may be gone before its command has ended.
  if (status !== 0 && kubectlError(stderr).kind === 'forbidden') throw kubectlError(stderr);
  const container = {
    name: 'probe',
    image,
    imagePullPolicy: 'Always',
    // Nothing of the image ever runs.
    command: ['/pulled-by-secure-mirror-verify-and-not-to-run'],
    securityContext: restricted(ENVOY_UID),
  };
  const [result] = await probes.run([{ purpose: 't17', node: pod.node, spec: { containers: [container] } }], SECONDS);
  const tried = `the proxy on ${pod.node} was ended, and ${image} asked for there`;
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
    return [attempt(ROW, 'ok', { tried, seen: 'the node pulled meanwhile, and the mirror is ready again' })];
  }
  // A registry that nobody reaches, or that asks for a secret, says nothing about the mirror.
  return [attempt(ROW, 'unknown', { tried, seen: `not tried: the node could not pull: ${result.reason}` })];
}
