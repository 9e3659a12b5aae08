import { imagesIn, reference } from '../../bench/cluster/images';
import { getsIn, pullsIn } from '../../bench/cluster/measure';
import { sizesOf, workloads } from '../../bench/cluster/workloads';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

describe('what a node prints', () => {
  it('about images becomes images with their layers', () => {
    const output = [
      `layer ${digest('a')} 100`,
      `layer ${digest('b')} 200`,
      `manifest ${digest('c')} 30`,
      'noise',
      `layer ${digest('d')} 100`,
      `manifest ${digest('e')} 30`,
    ].join('\n');
    const images = imagesIn(output, ['one', 'two']);
    expect(images.map(({ name, layers }) => [name, layers.map(({ bytes }) => bytes)])).toEqual([
      ['one', [100, 200]],
      ['two', [100]],
    ]);
    expect(images.map((image) => reference('host.invalid', image))).toEqual([
      `host.invalid/bench/one@${digest('c')}`,
      `host.invalid/bench/two@${digest('e')}`,
    ]);
  });

  it('about pulls becomes the time of each, and of all', () => {
    const output = 'pulled 1700000000000000000 1700000001500000000 \npulled 1700000000500000000 1700000003000000000 \n';
    const { wallSeconds, each } = pullsIn(output);
    expect(wallSeconds).toBeCloseTo(3);
    expect(each.map(({ seconds }) => Number(seconds.toFixed(3)))).toEqual([1.5, 2.5]);
    expect(each.every(({ problem }) => problem === undefined)).toBe(true);
  });

  it('about a pull that failed becomes its complaint', () => {
    const { each } = pullsIn('pulled 1700000000000000000 1700000001000000000 ctr: not found\n');
    expect(each.map(({ problem }) => problem)).toEqual(['ctr: not found']);
  });

  it('about requests becomes the time of each, and of all', () => {
    const output = 'began 1700000000000000000\ngot 200 100 0.25\ngot 200 100 0.5\nended 1700000002000000000\n';
    expect(getsIn(output, [{ bytes: 100 }, { bytes: 100 }])).toEqual({
      wallSeconds: 2,
      each: [
        { bytes: 100, seconds: 0.25, problem: undefined },
        { bytes: 100, seconds: 0.5, problem: undefined },
      ],
    });
  });

  it.each([
    ['a refusal', 'got 404 19 0.25\n', 'the mirror answers 404'],
    ['a transfer that was cut', 'got 200 60 0.25\n', 'the mirror gave 60 of 100 bytes'],
    ['a request without an answer', '', 'the mirror gave 0 of 100 bytes'],
  ])('about %s is a problem', (_, output, problem) => {
    expect(getsIn(output, [{ bytes: 100 }]).each.map((transfer) => transfer.problem)).toContain(problem);
  });
});

describe('workloads', () => {
  const names = (only: string[], parallels: number[]) =>
    workloads(only, parallels).map(({ kind, name, parallel }) => `${kind} ${name} ${parallel}`);

  it('are each size with each number of pulls at a time, but no more than there are images', () => {
    expect(names(['1x1GiB', '4x256MiB', 'small'], [1, 3, 8])).toEqual([
      'pull 1x1GiB 1',
      'pull 4x256MiB 1',
      'pull 4x256MiB 3',
      'pull small 1',
      'pull small 3',
      'pull small 8',
    ]);
    expect(names(['1x1GiB'], [8])).toEqual(['pull 1x1GiB 1']);
  });

  it('of the chain need the images of their sizes', () => {
    expect(names(['chain'], [1])).toEqual(['chain 1x1GiB 1', 'chain 64x10MiB 3', 'chain small 1']);
    expect(sizesOf(workloads(['chain'], [1])).map(({ name }) => name)).toEqual(['1x1GiB', '64x10MiB', 'small']);
  });
});
