import fc from 'fast-check';
import { jsonText } from '../../../src/mirror/envoy/json-text';
import { kind, minimal, objectsOf } from '../../support';

const long = 'x'.repeat(120);

describe("the text of Envoy's JSON", () => {
  it('holds the same values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(JSON.parse(jsonText({ a: undefined, b: { c: undefined, d: long } }))).toEqual({ b: { d: long } });
  });

  it('breaks only what does not fit a line', () => {
    expect(jsonText({ short: { a: [1, 'b'] }, long: [{ text: long }, {}] })).toBe(
      ['{', ' "short":{"a":[1,"b"]},', ' "long":[', '  {', `   "text":"${long}"`, '  },', '  {}', ' ]', '}', ''].join(
        '\n',
      ),
    );
  });

  it('is that of every file for Envoy, with no long line of more than one value', () => {
    const config = kind(objectsOf(minimal), 'ConfigMap').find(({ metadata }) => metadata.name === 'mirror-auth-proxy');
    for (const text of Object.values<string>(config.data)) {
      expect(text).toBe(jsonText(JSON.parse(text)));
      const many = text.split('\n').filter((line) => line.length > 120 && !/^ *("[^"]*":)?"[^"]*",?$/.test(line));
      expect(many).toEqual([]);
    }
  });
});
