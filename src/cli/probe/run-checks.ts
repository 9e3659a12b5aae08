import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../shared/cli-error';
import type { EarlyEnd } from '../shared/early-end';
import { type Finding, finding } from '../shared/finding';
import { inParallel } from '../shared/parallel';
import type { CheckContext, Runnable } from './check';

/** What a check said. */
export interface CheckResult {
  readonly check: Pick<Runnable<never>, 'name' | 'title'>;
  readonly findings: readonly Finding[];
  /** How long it took. */
  readonly seconds: number;
}

const AT_ONCE = 4;

/** How a run repeats checks with a problem. */
export interface Repetition {
  /** For how long. */
  readonly seconds: number;
  /** How long it waits before each round. */
  readonly pauseSeconds: number;
}

/**
 * Runs checks, a few at one time, and the ones with a problem again and again for a while.
 *
 * @param checks the checks, in the order of the results
 * @param context what they ask with
 * @param end ends them early
 * @param repetition how it repeats
 * @param step called after each check of the first round
 */
export async function runChecks<C extends CheckContext>(
  checks: readonly Runnable<C>[],
  context: C,
  end: EarlyEnd,
  { seconds, pauseSeconds }: Repetition,
  step: () => void,
): Promise<CheckResult[]> {
  const start = performance.now();
  const results: CheckResult[] = await inParallel([...checks], AT_ONCE, async (check) => {
    const result = await runCheck(check, context, end);
    step();
    return result;
  });
  const left = () => seconds - (performance.now() - start) / 1000 - pauseSeconds;
  while (results.some(hasProblem) && left() > 0 && !end.signal.aborted) {
    context.progress(`waiting for ${results.filter(hasProblem).length} of them`);
    await end.within(sleep(pauseSeconds * 1000)).catch(() => undefined);
    await inParallel(
      [...results.entries()].filter(([, result]) => hasProblem(result)),
      AT_ONCE,
      async ([index]) => {
        const check = checks[index] as Runnable<C>;
        const again = await runCheck(check, context, end);
        // An early end says nothing against what was seen before.
        if (!end.signal.aborted) results[index] = again;
      },
    );
  }
  return results;
}

function hasProblem({ findings }: CheckResult): boolean {
  return findings.some(({ level }) => level === 'problem');
}

async function runCheck<C extends CheckContext>(check: Runnable<C>, context: C, end: EarlyEnd): Promise<CheckResult> {
  const start = performance.now();
  context.progress(check.title);
  const findings = await end.within(check.run(context)).catch((error: unknown) => {
    if (!(error instanceof CliError)) throw error;
    return [finding('unknown', check.name, '', error.message)];
  });
  return { check, findings, seconds: (performance.now() - start) / 1000 };
}
