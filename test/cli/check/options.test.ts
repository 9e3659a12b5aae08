import { type CheckOptions, chosenRun } from '../../../src/cli/check/options';

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
