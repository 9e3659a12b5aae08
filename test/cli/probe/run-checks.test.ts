import type { Check, CheckContext } from '../../../src/cli/probe/check';
import { runChecks } from '../../../src/cli/probe/run-checks';
import { CliError } from '../../../src/cli/shared/cli-error';
import { EarlyEnd } from '../../../src/cli/shared/early-end';
import { finding, type Level } from '../../../src/cli/shared/finding';

const context = { progress: () => undefined } as unknown as CheckContext;
const checkOf = (name: string, run: Check['run']): Check => ({ name, title: name, when: 'always', run });
const saying = (name: string, ...levels: Level[]) => {
  let times = 0;
  return checkOf(name, async () => [
    finding(levels[Math.min(times++, levels.length - 1)] ?? 'ok', name, '', `${times}`),
  ]);
};
const ONCE = { seconds: 0, pauseSeconds: 0.001 };
const ends: EarlyEnd[] = [];
const endOf = (seconds: number) => {
  const end = new EarlyEnd(seconds, () => undefined);
  ends.push(end);
  return end;
};
afterEach(() => {
  for (const end of ends.splice(0)) end.dispose();
});

describe('checks', () => {
  it('give results in their order', async () => {
    const late = checkOf('late', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return [finding('ok', 'late', '', '')];
    });
    const results = await runChecks([late, saying('early', 'ok')], context, endOf(60), ONCE, () => undefined);
    expect(results.map(({ check }) => check.name)).toEqual(['late', 'early']);
  });

  it('that cannot ask are unknown, with the reason', async () => {
    const check = checkOf('dns', async () => Promise.reject(new CliError('forbidden', 'you have no right')));
    const [result] = await runChecks([check], context, endOf(60), ONCE, () => undefined);
    expect(result?.findings).toEqual([finding('unknown', 'dns', '', 'you have no right')]);
  });

  it('hide no mistake of the program', async () => {
    const check = checkOf('dns', async () => Promise.reject(new TypeError('undefined is no function')));
    await expect(runChecks([check], context, endOf(60), ONCE, () => undefined)).rejects.toThrow(TypeError);
  });

  it('end with the time, whatever they wait for', async () => {
    const silent = checkOf('silent', () => new Promise(() => undefined));
    const [result] = await runChecks([silent], context, endOf(0.01), ONCE, () => undefined);
    expect(result?.findings).toMatchObject([
      { level: 'unknown', message: 'not finished after the 0.01 s of --timeout' },
    ]);
  });

  it('with a problem are repeated until it is gone, and others are not', async () => {
    const all = [saying('a', 'problem', 'problem', 'ok'), saying('b', 'ok'), saying('c', 'unknown')];
    const results = await runChecks(all, context, endOf(60), { seconds: 60, pauseSeconds: 0.001 }, () => undefined);
    expect(results.map(({ findings }) => findings[0]?.message)).toEqual(['3', '1', '1']);
  });

  it('are repeated for as long as the user waits', async () => {
    const [result] = await runChecks(
      [saying('a', 'problem')],
      context,
      endOf(60),
      { seconds: 0.02, pauseSeconds: 0.001 },
      () => undefined,
    );
    expect(result?.findings).toMatchObject([{ level: 'problem' }]);
  });
});
