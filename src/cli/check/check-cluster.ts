import { runChecks } from '../probe/run-checks';
import { runSession } from '../probe/session';
import { rights } from './cluster/rights';
import { checkHome } from './home';
import { type CheckOptions, chosenRun } from './options';

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
    run: (_, { nodes, ...context }, end, step) =>
      // Without the nodes nothing can be tried, but the missing rights can be named.
      runChecks(
        nodes === undefined ? [rights] : checks,
        { ...context, nodes: nodes ?? [] },
        end,
        { seconds: waitSeconds, pauseSeconds: PAUSE_SECONDS },
        step,
      ),
  });
}
