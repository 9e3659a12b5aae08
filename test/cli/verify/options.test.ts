import { chosenRows, type VerifyOptions } from '../../../src/cli/verify/options';

const NOTHING: VerifyOptions = { file: 'stack.yaml', json: false, clean: false, disturb: false };
const names = (options: Partial<VerifyOptions>) => chosenRows({ ...NOTHING, ...options }).rows.map(({ name }) => name);

describe('the options of verify', () => {
  it('choose rows, in their own order', () => {
    expect(names({})).toHaveLength(24);
    expect(names({ row: ['T7', 'T2'] })).toEqual(['T2', 'T7']);
  });

  it('give a run ten minutes', () => {
    expect(chosenRows(NOTHING)).toMatchObject({ timeoutSeconds: 600 });
    expect(chosenRows({ ...NOTHING, timeout: '90s' })).toMatchObject({ timeoutSeconds: 90 });
  });

  it('disturb nobody by themselves', async () => {
    const [quiet] = chosenRows({ ...NOTHING, disturb: false }).rows.filter(({ disturbs }) => disturbs);
    expect(await quiet?.run({} as never)).toMatchObject([
      { level: 'note', message: expect.stringContaining('--disturb') },
    ]);
  });

  it.each<[Partial<VerifyOptions>, string]>([
    [{ row: ['T99'] }, '--row: got "T99"; expected some of these: T1, T2'],
    [{ row: ['T17'] }, '--row: T17 disturbs a node'],
    [{ image: 'example.com/a' }, '--image: expected --disturb too'],
    [{ json: true, junit: '-' }, '--junit: got "-" and --json too'],
    [{ timeout: '5' }, '--timeout: got "5"'],
  ])('are refused: %j', (options, message) => {
    expect(() => chosenRows({ ...NOTHING, ...options })).toThrow(message);
  });
});
