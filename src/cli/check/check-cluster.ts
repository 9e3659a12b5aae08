import { writeFileSync } from 'node:fs';
import { resolveStack } from '../../stack/resolve';
import { Kubectl } from '../kubectl/kubectl';
import { CliError } from '../shared/cli-error';
import { readCluster } from '../shared/cluster';
import { exitCodeFor } from '../shared/finding';
import { Progress } from '../shared/parallel';
import { asJson, print } from '../shared/table';
import type { Check } from './check';
import { checks, checksFor } from './checks';
import { EarlyEnd } from './early-end';
import { readNodes } from './nodes';
import { type CheckOptions, secondsOf } from './options';
import { ProbeHome } from './probe-home';
import { ProbePods } from './probe-pods';
import { type CheckResult, runChecks } from './run-checks';
import { stackObjects } from './stack-objects';
import { asJunit, asText, asValue } from './text';

const TIMEOUT_SECONDS = 300;

/**
 * Checks a cluster.
 *
 * @param options what the user chose
 * @returns 0 when nothing is wrong, 1 with a problem, 2 when something could not be tried
 */
export async function check(options: CheckOptions): Promise<number> {
  const chosen = chosenChecks(options);
  const wait = options.wait === undefined ? 0 : secondsOf('--wait', options.wait);
  const timeout = options.timeout === undefined ? TIMEOUT_SECONDS + wait : secondsOf('--timeout', options.timeout);
  const stack = resolveStack(readCluster(options));
  const { mirror } = stack;
  const { kubeconfig, context } = options;
  const access = { namespace: mirror.namespace, kubeconfig, context };
  const kubectl = new Kubectl(access);
  const home = new ProbeHome(kubectl, mirror);
  const progress = new Progress('checks', chosen.length);
  const end = new EarlyEnd(timeout, (again) => {
    progress.end();
    console.error(
      again
        ? 'left as it is: "secure-mirror check --clean" removes it'
        : 'removing what the checks made; Ctrl-C again leaves it',
    );
  });
  end.signal.addEventListener('abort', () => kubectl.stop(end.signal.reason));
  let results: CheckResult[];
  try {
    const nodes = await end.within(readNodes(kubectl, mirror));
    const probes = new ProbePods(kubectl, home);
    const say = (text: string) => progress.say(text);
    const about = { kubectl, probes, mirror, nodes, objects: stackObjects(stack), progress: say };
    results = await runChecks(chosen, about, end, wait, () => progress.step());
  } finally {
    progress.end();
    await kubectl.end();
    await remove(home, new Kubectl(access));
    end.dispose();
  }
  if (end.exitCode !== undefined) return end.exitCode;
  show(results, options);
  return exitCodeFor(results.flatMap(({ findings }) => findings));
}

/** Removes what the run made; where it cannot, the user must know. */
async function remove(home: ProbeHome, kubectl: Kubectl): Promise<void> {
  try {
    await home.remove(kubectl);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    console.error(
      `secure-mirror: could not remove what the checks made (${error.message}): run "secure-mirror check --clean"`,
    );
  } finally {
    await kubectl.end();
  }
}

function chosenChecks(options: CheckOptions): readonly Check[] {
  const all = checksFor(options);
  const unknown = options.check?.find((name) => !checks.some((check) => check.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name).join(', ');
    throw new CliError('configuration', `--check: got "${unknown}"; expected some of these: ${names}`);
  }
  return all.filter(({ name }) => options.check?.includes(name) ?? true);
}

function show(results: readonly CheckResult[], { json, junit }: CheckOptions): void {
  if (junit !== undefined && junit !== '-') write(junit, asJunit(results));
  if (junit === '-') print(asJunit(results).split('\n'));
  else if (json) print(asJson(asValue(results)));
  else process.stdout.write(`${asText(results, isColoured()).join('\n')}\n`);
}

/** https://no-color.org */
function isColoured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CliError('configuration', `--junit: ${file} cannot be written (${code})`);
  }
}
