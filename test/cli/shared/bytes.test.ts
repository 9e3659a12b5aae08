import { inUnits, percent } from '../../../src/cli/shared/bytes';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [12_345_678, '12.3 MB'],
  [2e9, '2.0 GB'],
  [5e15, '5000.0 TB'],
])('%d bytes are %s', (bytes, text) => expect(inUnits(bytes)).toBe(text));

it.each([
  [0, 0, '0 %'],
  [0, 10, '0 %'],
  [1, 1000, '1 %'],
  [999, 1000, '99 %'],
  [1, 3, '33 %'],
  [10, 10, '100 %'],
])('%d of %d is %s', (part, whole, text) => expect(percent(part, whole)).toBe(text));
