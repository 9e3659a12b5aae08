import { runChecks } from '../probe/run-checks';
import { runSession } from '../probe/session';
import { CliError } from '../shared/cli-error';
import { tenantHome } from './home';
import { chosenRows, type VerifyOptions } from './options';
import { notTried, type Row } from './row';
import { MIRROR_SELECTOR, readTarget, type Target } from './target';

/** No row is repeated: what an attack met once is the answer. */
const ONCE = { seconds: 0, pauseSeconds: 0 };

/**
 * Attacks a mirror.
 *
 * @param options what the user chose
 * @returns 0 when each tried attack was stopped, 1 when one succeeded, 2 when something could not be tried
 */
export async function verify(options: VerifyOptions): Promise<number> {
  const { rows, timeoutSeconds } = chosenRows(options);
  return runSession(options, {
    command: 'verify',
    what: 'attacks',
    count: rows.length,
    timeoutSeconds,
    home: tenantHome,
    wording: {
      name: 'secure-mirror verify',
      items: 'rows',
      notes: ' not tried',
      verdicts: ['what was tried is protected', 'an attack succeeded', 'something could not be tried'],
    },
    run: async ({ tokens, guards }, { nodes, ...context }, end, step) => {
      if (nodes === undefined)
        throw new CliError('forbidden', 'you have no right to "list" nodes: ask for it, it is needed here');
      const { namespace = context.mirror.namespace, selector = MIRROR_SELECTOR } = options;
      const target = await end.within(readTarget(context.kubectl, namespace, selector));
      const about = { ...context, nodes, tokens, guards, target, image: options.image };
      // A row that disturbs would spoil what the others see.
      const fitting = rows.map((row) => (row.isOfStack && !isStack(target) ? foreign(row) : row));
      const [quiet, loud] = [fitting.filter((row) => !disturbs(row)), fitting.filter(disturbs)];
      const seen = [
        ...(await runChecks(quiet, about, end, ONCE, step)),
        ...(await runChecks(loud, about, end, ONCE, step)),
      ];
      return rows.flatMap(({ name }) => seen.find(({ check }) => check.name === name) ?? []);
    },
  });
}

function disturbs(row: Row): boolean {
  return row.disturbs === true;
}

/** Whether the pods are a stack's, and not a plain Spegel's. */
function isStack({ pods }: Target): boolean {
  return pods.some(({ hasAgent }) => hasAgent);
}

function foreign(row: Row): Row {
  return {
    ...row,
    run: async () => [notTried(row, 'note', 'it is about stack.yaml, and these pods are none of its mirror')],
  };
}
