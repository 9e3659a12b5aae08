import fc from 'fast-check';
import { type CheckOptions, chosenRun, secondsOf } from '../../../src/cli/check/options';

const NOTHING: CheckOptions = { file: 'stack.yaml', pre: false, pull: false, json: false, clean: false };
const names = (options: Partial<CheckOptions>) => chosenRun({ ...NOTHING, ...options }).checks.map(({ name }) => name);

describe('the options of check', () => {
  it('choose checks for before and after', () => {
    expect(names({ pre: true })).toContain('rights-to-apply');
    expect(names({ pre: true })).not.toContain('installed');
    expect(names({})).toContain('installed');
    expect(names({})).not.toContain('rights-to-apply');
    expect(names({ check: ['dns', 'cluster-version'] })).toEqual(['cluster-version', 'dns']);
  });

  it('give a run five minutes, and what it waits', () => {
    expect(chosenRun(NOTHING)).toMatchObject({ waitSeconds: 0, timeoutSeconds: 300 });
    expect(chosenRun({ ...NOTHING, wait: '10m' })).toMatchObject({ waitSeconds: 600, timeoutSeconds: 900 });
    expect(chosenRun({ ...NOTHING, wait: '10m', timeout: '1m30s' })).toMatchObject({ timeoutSeconds: 90 });
  });

  it.each<[Partial<CheckOptions>, string]>([
    [{ pre: true, pull: true }, '--pull: got --pre too'],
    [{ image: 'example.com/a' }, '--image: expected --pull too'],
    [{ json: true, junit: '-' }, '--junit: got "-" and --json too'],
    [{ check: ['dsn'] }, '--check: got "dsn"; expected some of these: cluster-version'],
    [{ pre: true, check: ['installed'] }, '--check: got "installed"'],
    [{ wait: '5' }, '--wait: got "5"; expected a duration such as 90s, 5m or 1h30m'],
    [{ timeout: '-1s' }, '--timeout: got "-1s"'],
  ])('are refused: %j', (options, message) => {
    expect(() => chosenRun({ ...NOTHING, ...options })).toThrow(message);
  });
});

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
