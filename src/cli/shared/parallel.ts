/**
 * Runs an action for each item, a few at one time; the results are in the order of the items.
 *
 * @param items the items
 * @param atOnce how many at one time
 * @param action the action; when one fails, no further ones begin
 */
export async function inParallel<T, R>(items: T[], atOnce: number, action: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await action(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

/** Progress on stderr, for a person at a terminal. */
export class Progress {
  private done = 0;
  private now = '';

  /**
   * @param what the name of the work
   * @param total the number of its steps
   */
  public constructor(
    private readonly what: string,
    private readonly total: number,
  ) {
    this.show();
  }

  /** Counts one more step. */
  public step(): void {
    this.done += 1;
    this.show();
  }

  /** Says what happens now. */
  public say(text: string): void {
    this.now = `, ${text}`;
    this.show();
  }

  /** Removes the line. */
  public end(): void {
    if (process.stderr.isTTY) {
      process.stderr.write('\r\x1b[K');
    }
  }

  private show(): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${this.what}: ${this.done} of ${this.total}${this.now}`);
    }
  }
}
