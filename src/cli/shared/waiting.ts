/** Something that a command waits for. */
interface Wait {
  readonly what: string;
  /** When it began, in milliseconds. */
  readonly since: number;
}

const waits = new Set<Wait>();

/**
 * Waits for work, and notes it down for the message of --timeout and for a person who waits too.
 *
 * @param what what the command waits for
 * @param work the work
 */
export async function waitingFor<T>(what: string, work: Promise<T>): Promise<T> {
  const wait = { what, since: performance.now() };
  waits.add(wait);
  try {
    return await work;
  } finally {
    waits.delete(wait);
  }
}

/**
 * What the command has waited for longest; nothing when it waits for nothing.
 *
 * @param milliseconds only if it has waited so long
 */
export function longestWait(milliseconds = 0): string | undefined {
  const [oldest] = waits;
  return oldest !== undefined && performance.now() - oldest.since >= milliseconds ? oldest.what : undefined;
}
