/**
 * Does something with each of many, a few at one time; the results are in the order of the many.
 *
 * @param items the many
 * @param atOnce how many at one time
 * @param action what is done; when one fails, no further ones are begun
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

/** How far something is, on stderr, for a person who waits there. */
export class Progress {
  private done = 0;

  /**
   * @param what what goes on
   * @param total how many steps it has
   */
  public constructor(
    private readonly what: string,
    private readonly total: number,
  ) {
    this.show();
  }

  /** One more is done. */
  public step(): void {
    this.done += 1;
    this.show();
  }

  /** Takes the line away. */
  public end(): void {
    if (process.stderr.isTTY) {
      process.stderr.write('\r\x1b[K');
    }
  }

  private show(): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${this.what}: ${this.done} of ${this.total}`);
    }
  }
}
