import type { ResolvedMirror } from '../../mirror/resolved';
import { type ResolvedStack, resolveStack } from '../../stack/resolve';
import type { ClusterAccess } from '../kubectl/access';
import { Kubectl } from '../kubectl/kubectl';
import type { Access } from '../kubectl/kubectl-session';
import { CliError } from '../shared/cli-error';
import { type ClusterOptions, readCluster } from '../shared/cluster';
import { EarlyEnd } from '../shared/early-end';
import { exitCodeFor } from '../shared/finding';
import { notice } from '../shared/messages';
import { Progress, showWaits } from '../shared/progress';
import { spellingOf } from '../shared/started';
import { harmless, print } from '../shared/table';
import { within } from '../shared/within';
import type { CheckContext } from './check';
import { clean } from './clean';
import { readNodes } from './nodes';
import { type HomeProps, ProbeHome } from './probe-home';
import { ProbePods } from './probe-pods';
import type { CheckResult } from './run-checks';
import type { RunCommand } from './run-labels';
import { type ShowOptions, show, type Wording } from './show';
import { stackObjects } from './stack-objects';

/** Options of every command that tries things in a cluster. */
export interface SessionOptions extends ClusterOptions, ClusterAccess, ShowOptions {
  readonly clean: boolean;
}

/** A command that tries things in a cluster with short-lived pods. */
export interface Session {
  readonly command: RunCommand;
  /** What it runs, in the plural: the name of its progress. */
  readonly what: string;
  /** How many of them. */
  readonly count: number;
  /** How long the run may take. */
  readonly timeoutSeconds: number;
  /** Where its pods are. */
  readonly home: (mirror: ResolvedMirror) => HomeProps;
  /** Tries, and says what it saw; without nodes where the user may not list them. */
  readonly run: (
    stack: ResolvedStack,
    context: SessionContext,
    end: EarlyEnd,
    step: () => void,
  ) => Promise<CheckResult[]>;
  readonly wording: Wording;
}

/** A context whose nodes the user may be unable to list. */
export type SessionContext = Omit<CheckContext, 'nodes'> & { readonly nodes?: CheckContext['nodes'] };

/**
 * Runs a session, prints its results, and removes what it made: also after Ctrl-C.
 *
 * @param options what the user chose
 * @param session the session
 * @returns 0 when nothing is wrong, 1 with a problem, 2 when something could not be tried
 */
export async function runSession(options: SessionOptions, session: Session): Promise<number> {
  const stack = resolveStack(readCluster(options));
  const { mirror } = stack;
  const { kubeconfig, context } = options;
  const access = { namespace: mirror.namespace, kubeconfig, context };
  if (options.clean) return cleaned(access, session.timeoutSeconds);
  const kubectl = new Kubectl(access);
  // The kubectl of the run stops at an early end.
  const remover = new Kubectl(access);
  const { command, what } = session;
  const program = spellingOf().program.command;
  const home = new ProbeHome(kubectl, session.home(mirror));
  const progress = new Progress(what, session.count);
  const end = new EarlyEnd(session.timeoutSeconds, (again) => {
    progress.end();
    if (again) void remover.end();
    const interrupted = `interrupted: removing what the ${what} made; a second Ctrl-C leaves it`;
    notice(again ? `left as it is: ${program} ${command} --clean removes it` : interrupted);
  });
  end.signal.addEventListener('abort', () => kubectl.stop(end.signal.reason));
  const hideWaits = showWaits();
  let results: CheckResult[] = [];
  try {
    const nodes = await end.within(readNodes(kubectl, mirror)).catch(unlessForbidden);
    const say = (text: string) => progress.say(text);
    const probes = new ProbePods(kubectl, home);
    const about = { kubectl, probes, mirror, nodes, objects: stackObjects(stack), progress: say };
    results = await session.run(stack, about, end, () => progress.step());
    progress.say('removing their pods');
  } finally {
    await kubectl.stop(new CliError('other', 'the run is over'));
    await remove(home, remover, end, session);
    progress.end();
    hideWaits();
    end.dispose();
  }
  if (end.exitCode !== undefined) throw end.signal.reason;
  show(results, options, session.wording);
  return exitCodeFor(results.flatMap(({ findings }) => findings));
}

function unlessForbidden(error: unknown): undefined {
  if (error instanceof CliError && error.kind === 'forbidden') return undefined;
  throw error;
}

/** Removes what the run made; where it cannot, the user must know. */
async function remove(home: ProbeHome, kubectl: Kubectl, end: EarlyEnd, session: Session): Promise<void> {
  const before = end.exitCode;
  try {
    await home.remove(kubectl);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    // The first Ctrl-C reached this kubectl too.
    // The end of this kubectl waits for the second try.
    if (end.exitCode !== before) return await remove(home, kubectl, end, session);
    const what = `could not remove what the ${session.what} made (${harmless(error.message)})`;
    notice(`${what}: ${spellingOf().program.command} ${session.command} --clean tries again`);
  } finally {
    await kubectl.end();
  }
}

/** Removes what other runs left. */
async function cleaned(access: Access, seconds: number): Promise<number> {
  return within(seconds, async (signal) => {
    print(await clean(new Kubectl(access, signal)));
    return 0;
  });
}
