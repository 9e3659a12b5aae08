import fc from 'fast-check';
import { isObject, parsed } from '../../src/cli/json';

describe('JSON of others', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(parsed(JSON.stringify(value))).toEqual(value)));
  });

  it('is nothing where it is none, and no error repeats it', () => {
    expect(['', '{', '{"auths": planted}', 'planted'].map(parsed)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is an object or something else', () => {
    expect([{}, { a: 1 }, [], null, 'x', 1, undefined].map(isObject)).toEqual([
      ...[true, true],
      ...[false, false, false, false, false],
    ]);
  });
});
