import { resolveStack } from '../../stack/resolve';
import { Kubectl } from '../kubectl/kubectl';
import { CliError } from '../shared/cli-error';
import { readCluster } from '../shared/cluster';
import { exitCodeFor } from '../shared/finding';
import { Progress } from '../shared/parallel';
import { harmless, print } from '../shared/table';
import { clean } from './clean';
import { rights } from './cluster/rights';
import { EarlyEnd } from './early-end';
import { readNodes } from './nodes';
import { type CheckOptions, chosenRun } from './options';
import { ProbeHome } from './probe-home';
import { ProbePods } from './probe-pods';
import { type CheckResult, runChecks } from './run-checks';
import { show } from './show';
import { stackObjects } from './stack-objects';

/**
 * Checks a cluster.
 *
 * @param options what the user chose
 * @returns 0 when nothing is wrong, 1 with a problem, 2 when something could not be tried
 */
export async function check(options: CheckOptions): Promise<number> {
  const run = chosenRun(options);
  const stack = resolveStack(readCluster(options));
  const { mirror } = stack;
  const { kubeconfig, context } = options;
  const access = { namespace: mirror.namespace, kubeconfig, context };
  const kubectl = new Kubectl(access);
  // The kubectl of the checks stops at an early end.
  const remover = new Kubectl(access);
  if (options.clean) return cleaned(remover);
  const home = new ProbeHome(kubectl, mirror);
  const progress = new Progress('checks', run.checks.length);
  const end = new EarlyEnd(run.timeoutSeconds, (again) => {
    progress.end();
    if (again) void remover.end();
    console.error(again ? 'left as it is: secure-mirror check --clean removes it' : INTERRUPTED);
  });
  end.signal.addEventListener('abort', () => kubectl.stop(end.signal.reason));
  let results: CheckResult[] = [];
  try {
    const nodes = await end.within(readNodes(kubectl, mirror)).catch(unlessForbidden);
    const say = (text: string) => progress.say(text);
    const probes = new ProbePods(kubectl, home);
    const about = { kubectl, probes, mirror, nodes: nodes ?? [], objects: stackObjects(stack), progress: say };
    // Without the nodes nothing can be tried, but the missing rights can be named.
    results = await runChecks(
      nodes === undefined ? [rights] : run.checks,
      about,
      end,
      { seconds: run.waitSeconds, pauseSeconds: PAUSE_SECONDS },
      () => progress.step(),
    );
    progress.say('removing their pods');
  } catch (error) {
    // The error says only that Ctrl-C came.
    if (!(error instanceof CliError) || end.exitCode === undefined) throw error;
  } finally {
    await kubectl.stop(new CliError('other', 'the run is over'));
    await remove(home, remover, end);
    progress.end();
    end.dispose();
  }
  if (end.exitCode !== undefined) return end.exitCode;
  show(results, options);
  return exitCodeFor(results.flatMap(({ findings }) => findings));
}

const PAUSE_SECONDS = 5;
const INTERRUPTED = 'interrupted: removing what the checks made; a second Ctrl-C leaves it';

function unlessForbidden(error: unknown): undefined {
  if (error instanceof CliError && error.kind === 'forbidden') return undefined;
  throw error;
}

/** Removes what the run made; where it cannot, the user must know. */
async function remove(home: ProbeHome, kubectl: Kubectl, end: EarlyEnd): Promise<void> {
  const before = end.exitCode;
  try {
    await home.remove(kubectl);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    // The first Ctrl-C reached this kubectl too.
    // The end of this kubectl waits for the second try.
    if (end.exitCode !== before) return await remove(home, kubectl, end);
    const what = `secure-mirror: could not remove what the checks made (${harmless(error.message)})`;
    console.error(`${what}: secure-mirror check --clean tries again`);
  } finally {
    await kubectl.end();
  }
}

/** Removes what other runs left. */
async function cleaned(kubectl: Kubectl): Promise<number> {
  try {
    print(await clean(kubectl));
    return 0;
  } finally {
    await kubectl.end();
  }
}
