import { median, percentile, spread } from '../../bench/statistics';

describe('statistics', () => {
  it('give the middle of an odd and of an even number of values, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('order numbers by their value', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('interpolate a percentile between its neighbours', () => {
    const hundred = Array.from({ length: 101 }, (_, index) => index);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile([1, 2], 99)).toBeCloseTo(1.99);
  });

  it('give how far values lie apart', () => {
    expect(spread([1.4, 1.2, 1.3])).toEqual({ median: 1.3, min: 1.2, max: 1.4 });
  });

  it('refuse no values', () => {
    expect(() => median([])).toThrow('no values');
  });
});
