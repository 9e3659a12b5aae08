import fc from 'fast-check';
import { isObject, parsed } from '../../../src/cli/shared/json';

describe('JSON of others', () => {
  it('is read as it was written', () => {
    // By texts: -0 is written as 0.
    const texts = fc.jsonValue().map((value) => JSON.stringify(value));
    fc.assert(fc.property(texts, (text) => expect(JSON.stringify(parsed(text))).toBe(text)));
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
