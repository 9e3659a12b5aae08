import { Progress, showWaits } from '../../../src/cli/shared/progress';
import { waitingFor } from '../../../src/cli/shared/waiting';

const isTTY = process.stderr.isTTY;
let drawn: string[];
beforeEach(() => {
  jest.useFakeTimers();
  drawn = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => drawn.push(`${text}`) > 0);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

/** Waits for something, shown or not, for some seconds. */
async function waits(seconds: number): Promise<string[]> {
  const end = showWaits();
  let over = () => {};
  const work = waitingFor('kubectl get nodes', new Promise<void>((resolve) => (over = resolve)));
  jest.advanceTimersByTime(seconds * 1000);
  const before = [...drawn];
  over();
  await work;
  end();
  return before;
}

describe('a person at a terminal', () => {
  beforeEach(() => {
    process.stderr.isTTY = true;
  });

  it('reads what takes more than two seconds, once, and the line goes away', async () => {
    expect(await waits(6)).toEqual(['\r\x1b[Kwaiting for kubectl get nodes']);
    expect(drawn.at(-1)).toBe('\r\x1b[K');
  });

  it('reads nothing of what is quick', async () => {
    expect(await waits(1)).toEqual([]);
    expect(drawn).toEqual([]);
  });

  it('reads the progress where there is one, and nothing after its end', async () => {
    const progress = new Progress('checks', 3);
    progress.step();
    expect(await waits(6)).toEqual(['\r\x1b[Kchecks: 0 of 3', '\r\x1b[Kchecks: 1 of 3']);
    progress.end();
    progress.say('late');
    expect(drawn.at(-1)).not.toContain('late');
  });
});

it('is not for a file or a pipe', async () => {
  process.stderr.isTTY = false;
  expect(await waits(6)).toEqual([]);
  new Progress('checks', 3).end();
  expect(drawn).toEqual([]);
});
