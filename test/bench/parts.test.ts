import { Holders } from '../../bench/scale/holders';
import { Pools } from '../../bench/scale/pools';
import { random } from '../../bench/scale/random';
import { figure, percent, table } from '../../bench/scale/table';

it('a holder is found when it is advertised', () => {
  const holders = new Holders(1, 0, 2);
  holders.add(0, 7, 10);
  const pick = (now: number) => holders.pick(0, now, () => 0.5);
  expect([pick(10), pick(11.9), pick(12), pick(13)]).toEqual([undefined, undefined, 7, 7]);
});

it('each holder is picked as often as others', () => {
  const holders = new Holders(1, 4, 2);
  const draw = random(1);
  const picked = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const holder = holders.pick(0, 0, draw) ?? 0;
    picked[holder] = (picked[holder] ?? 0) + 1;
  }
  for (const times of picked) expect(Math.abs(times - 1000)).toBeLessThan(150);
});

it('an idle connection serves the next request of its worker, until it ends', () => {
  const pools = new Pools({ nodes: 3, workers: 2, idle: 60 });
  const pool = pools.take(0, 0, 2, 0);
  pools.giveBack(pool, 1);
  pools.giveBack(pools.take(0, 0, 2, 50), 50);
  expect(pools).toMatchObject({ handshakes: 1, most: 1 });
  pools.take(0, 1, 2, 51);
  expect(pools).toMatchObject({ handshakes: 2, most: 2, mostOfOneSource: 2 });
  pools.take(1, 0, 2, 52);
  expect(pools).toMatchObject({ handshakes: 3, most: 3, mostOfOneSource: 2 });
  // In use again from second 50 on, so it did not end at 61.
  pools.giveBack(pools.take(0, 0, 2, 70), 70);
  expect(pools).toMatchObject({ handshakes: 3 });
  pools.take(0, 0, 2, 130);
  expect(pools).toMatchObject({ handshakes: 4, most: 3 });
});

it('figures have three digits, and commas between thousands', () => {
  expect([0, 0.0071, 0.234, 4.75, 39.75, 248.5, 4828.4, 131_072].map(figure)).toEqual([
    '0',
    '0.007',
    '0.234',
    '4.75',
    '39.8',
    '249',
    '4,828',
    '131,072',
  ]);
  expect([0, 0.004, 0.09, 1, 26.04].map(percent)).toEqual(['0 %', '<1 %', '9 %', '100 %', '2,604 %']);
});

it('a table has a line for each row', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n|---|---|\n| 1 | 2 |');
});
