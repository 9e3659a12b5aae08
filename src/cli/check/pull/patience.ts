import { setTimeout as sleep } from 'node:timers/promises';

/** How long the check waits for evidence after a pull. */
export interface Patience {
  /** Seconds until the proxy has written its log: Envoy does every ten. */
  readonly log: number;
  /** Seconds until the node agent has measured: it does every thirty at most. */
  readonly report: number;
  /** Seconds between two looks. */
  readonly pause: number;
}

/** On a busy machine, too. */
export const PATIENCE: Patience = { log: 15, report: 45, pause: 2 };

/**
 * Looks again and again until it has seen enough, or the time is up.
 *
 * @param seconds the time
 * @param pause seconds between two looks
 * @param look looks
 * @param isEnough whether that is enough
 * @returns what it saw last
 */
export async function lookUntil<T>(
  seconds: number,
  pause: number,
  look: () => Promise<T>,
  isEnough: (seen: T) => boolean,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (isEnough(seen) || performance.now() >= end) return seen;
    await sleep(pause * 1000);
  }
}
