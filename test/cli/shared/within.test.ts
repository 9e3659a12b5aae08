import { once } from 'node:events';
import { startProgram } from '../../../src/cli/shared/program-process';
import { within } from '../../../src/cli/shared/within';

beforeEach(() => jest.spyOn(process.stdin, 'destroy').mockReturnThis());
afterEach(() => jest.restoreAllMocks());

describe('work within a time', () => {
  it('gives its result, and leaves the signals as they were', async () => {
    const before = process.listenerCount('SIGINT');
    expect(await within(60, async () => 7)).toBe(7);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('ends each program that it started, long before the limit of the program, and reads no more', async () => {
    const { child, ended } = startProgram('sleep', ['90'], { stdio: 'ignore', seconds: 60, characters: 1 });
    const closed = once(child, 'close');
    await expect(within(1, () => ended)).rejects.toThrow('not finished after the 1 s of --timeout');
    expect(await closed).toEqual([null, 'SIGKILL']);
    expect(process.stdin.destroy).toHaveBeenCalled();
  });
});
