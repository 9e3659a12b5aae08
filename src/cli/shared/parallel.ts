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
