import type { Check } from '../probe/check';
import { runChecks } from '../probe/run-checks';
import { runSession } from '../probe/session';
import { rights } from './cluster/rights';
import { checkHome } from './home';
import { type CheckOptions, chosenRun } from './options';
import { NAME } from './pull/verdict';

const PAUSE_SECONDS = 5;

/**
 * Checks a cluster.
 *
 * @param options what the user chose
 * @returns 0 when nothing is wrong, 1 with a problem, 2 when something could not be tried
 */
export async function check(options: CheckOptions): Promise<number> {
  const { checks, waitSeconds, timeoutSeconds } = chosenRun(options);
  return runSession(options, {
    command: 'check',
    what: 'checks',
    count: checks.length,
    timeoutSeconds,
    home: checkHome,
    wording: {
      name: 'secure-mirror check',
      items: 'checks',
      verdicts: ['nothing is wrong', 'something is wrong', 'something could not be tried'],
    },
    run: async (_, { nodes, ...context }, end, step) => {
      const start = performance.now();
      const run = (some: readonly Check[]) => {
        const seconds = Math.max(0, waitSeconds - (performance.now() - start) / 1000);
        return runChecks(some, { ...context, nodes: nodes ?? [] }, end, { seconds, pauseSeconds: PAUSE_SECONDS }, step);
      };
      // Without the nodes nothing can be tried, but the missing rights can be named.
      if (nodes === undefined) return run([rights]);
      // A pull proves something once the mirrors work, and competes with the pods of other checks.
      return [...(await run(checks.filter((one) => !isPull(one)))), ...(await run(checks.filter(isPull)))];
    },
  });
}

function isPull({ name }: Check): boolean {
  return name === NAME;
}
