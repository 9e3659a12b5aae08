import { EarlyEnd } from './early-end';
import { notice } from './messages';
import { endPrograms } from './program-process';
import { showWaits } from './progress';

/**
 * Runs work until its time is up or a signal comes: then no program that it started goes on.
 *
 * @param seconds how long it may take
 * @param work the work; the signal says that it ends early
 * @throws CliError at an early end
 */
export async function within<T>(seconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new EarlyEnd(seconds, () => notice('interrupted'));
  end.signal.addEventListener('abort', () => {
    endPrograms();
    process.stdin.destroy();
  });
  const hideWaits = showWaits();
  try {
    return await end.within(work(end.signal));
  } finally {
    hideWaits();
    end.dispose();
  }
}
