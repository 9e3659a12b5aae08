import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a machine that is busy with other things: nothing takes longer where all is well. */
const LONG_ENOUGH_MS = 100_000;

/**
 * Waits for a condition.
 *
 * @param what what is waited for, for the message when it does not come
 * @param condition tried again and again; an error counts as not yet
 */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + LONG_ENOUGH_MS;
  let error: unknown;
  while (Date.now() < end) {
    try {
      if (await condition()) {
        return;
      }
    } catch (caught) {
      error = caught;
    }
    await sleep(20);
  }
  throw new Error(`waited in vain until ${what}`, { cause: error });
}
