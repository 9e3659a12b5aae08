import fc from 'fast-check';
import { secondsOf } from '../../../src/cli/shared/duration';

describe('a duration', () => {
  it('is a sum of its parts', () => {
    const part = fc.nat({ max: 99 });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1, max: 99 }), (hours, minutes, seconds) => {
        expect(secondsOf('--wait', `${hours}h${minutes}m${seconds}s`)).toBe(hours * 3600 + minutes * 60 + seconds);
      }),
    );
  });

  it.each(['', '0s', '5', 'm', '5 m', '1m1h', '1.5h', '5M', '100000h', '5m '])('is never %j', (text) => {
    expect(() => secondsOf('--wait', text)).toThrow('--wait');
  });

  it('fits a timer', () => {
    expect(secondsOf('--timeout', '99h9999m9999s') * 1000).toBeLessThan(2 ** 31);
  });
});
