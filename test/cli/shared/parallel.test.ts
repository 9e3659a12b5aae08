import { inParallel } from '../../../src/cli/shared/parallel';

describe('a few at one time', () => {
  it('are no more than a few, and their results are in order', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, item));
      running -= 1;
      return item * 10;
    });
    expect({ results, most }).toEqual({ results: [50, 10, 40, 20, 30], most: 2 });
  });

  it('begin nothing further once one has failed', async () => {
    const begun: number[] = [];
    const failing = inParallel([1, 2, 3, 4], 1, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('no right');
    });
    await expect(failing).rejects.toThrow('no right');
    expect(begun).toEqual([1, 2]);
  });

  it('may be none', async () => {
    expect(await inParallel([], 3, async () => 1)).toEqual([]);
  });
});
