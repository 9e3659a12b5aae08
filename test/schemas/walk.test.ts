import { resolve } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { LIBRARY_TYPES } from '../../src/documents/generate-schema';
import { surfaceOf } from '../../src/documents/surface-page';
import { schemaOfType } from '../../src/schemas/schemas';
import { expectedValue } from '../../src/settings/expected';
import { formatPath } from '../../src/settings/path';
import { schemaOf } from '../../src/settings/schema';
import { keysOf, type Step, steps } from './configurations';
import { errorOf, type Face, type Mapping, saidBy, walked } from './faces';
import { changedAt } from './samples';

const types = Object.entries(walked).map(([type, { bases, isRight, faces }]) => {
  const schema = schemaOfType(type);
  const found = steps(schema, bases as Mapping[], isRight);
  return { type, schema, found, faces, isRight };
});
const all = types.flatMap(({ type, found, faces }) => faces.map((face) => ({ ...face, type, found })));

/** Words that people write for a key. */
function misspellings(key: string, known: string[], forms: number): string[] {
  const [first = '', second = '', ...rest] = key;
  const words = [`${key}${key.at(-1)}`, `${second}${first}${rest.join('')}`, `${key.slice(0, -1)}`, key.toUpperCase()];
  return [...new Set(words.slice(0, forms))].filter((word) => !known.includes(word) && word.length > 1);
}

/** Whether settings have a key where a face takes it: the day is no part of stack.yaml. */
const isTaken = ({ face }: Face, { name }: Step) => face !== 'stack.yaml' || name !== 'today';

/** The line about a key, however stack.yaml's lines begin. */
const about = (face: Face, key: string) => (line: string) =>
  line.replace(/^stack\.yaml:\d+:\d+: /, '').startsWith(`${face.prefix ?? ''}${key}: `);

const changed = ({ configuration, path }: Step, change: (mapping: Mapping) => Mapping) =>
  changedAt(configuration, path, change);

const without = (key: string) => (mapping: Mapping) =>
  Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== key));

describe('the walk', () => {
  it.each(types)('knows every key of $type', ({ schema, found }) => {
    expect(found.map(({ name }) => name).sort()).toEqual([...new Set(keysOf(schema))].sort());
  });

  it('is through right settings, but for keys that rules take in none of them', () => {
    for (const { type, found, isRight } of types) {
      const right = found.filter(({ configuration }) => isRight(configuration));
      expect([type, right.length / found.length > 0.8]).toEqual([type, true]);
    }
  });

  it('is through every type that what is exported takes', () => {
    expect(Object.keys(walked).sort()).toEqual([...LIBRARY_TYPES].sort());
    const taken = surfaceOf(resolve(__dirname, '../../src/index.ts'))
      .filter(({ kind }) => kind === 'class')
      .flatMap(({ members }) => members.flatMap(({ parameters = [] }) => parameters.map(({ type }) => type)))
      .map((type) => type.replace(/\[\]$/, ''))
      .filter((type) => !/^(string|number|boolean|Construct)$/.test(type));
    // Values of props, which are checked with the props that they are in.
    const values = ['MutualTlsProps', 'BasicProps', 'BothMethods'];
    expect([...new Set(taken)].filter((type) => !values.includes(type)).sort()).toEqual([...LIBRARY_TYPES].sort());
  });
});

describe.each(all)('$type at $face', (face) => {
  const taken = face.found.filter((step) => isTaken(face, step));

  it('refuses a key that is needed and missing, by its name', () => {
    const kept = taken.flatMap((step) => {
      if (!step.schema.required?.includes(step.key)) return [];
      const lines = saidBy(face, changed(step, without(step.key)));
      const line = lines.find(about(face, formatPath([...step.path, step.key])));
      return line?.includes('missing; ') ? [] : [`${step.name}: ${lines.join(' | ')}`];
    });
    expect(kept).toEqual([]);
  });

  it('refuses a misspelt key, and says which was meant', () => {
    const kept = taken.flatMap((step) => {
      const { key, path, schema } = step;
      const known = Object.keys(schema.properties ?? {});
      return misspellings(key, known, face.face === 'library' ? 4 : 2).flatMap((word) => {
        const wrong = changed(step, (mapping) => ({ ...without(key)(mapping), [word]: mapping[key] }));
        const lines = saidBy(face, wrong);
        const line = lines.find(about(face, formatPath([...path, word])));
        return line?.includes(`there is no such key here; did you mean ${key}? `)
          ? []
          : [`${step.name} as ${word}: ${lines.join(' | ')}`];
      });
    });
    expect(kept).toEqual([]);
  });

  const file = face.face === 'stack.yaml';
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const few: [string, unknown][] = [
    ['nothing', null],
    ['a list of nothing', [null]],
    ['a mapping', { a: 1 }],
    ['a number', 1.5],
  ];
  const many: [string, unknown][] = [
    ...few,
    ['a list with a gap', [undefined]],
    ['a text', 'some text'],
    ['a truth value', true],
    ['no number', Number.NaN],
    ['a large integer', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a Map', new Map([['a', 'b']])],
    ['a class', Construct],
    ['an object of the app', new ApiObject(new Chart(new App(), 'test'), 'a', { apiVersion: 'v1', kind: 'Secret' })],
    ['itself', cyclic],
  ];
  // The rest of the schema is the same for all, and so is what reads it.
  const values = face.face === 'library' && !/^(Cluster|Organization)/.test(face.type) ? many : few;

  it('refuses values of the wrong kind by their key, and never fails inside', () => {
    const kept = taken.flatMap((step) =>
      values.flatMap(([what, value]) => {
        const { key, path, schema } = step;
        const fits = fitting(expectedValue(schemaOf(schema, key, schemaOfType(face.type)) ?? {}), value);
        // What is right is registered there, which other tests are about.
        if (fits && face.face === 'Pulumi') return [];
        const error = errorOf(
          face.give,
          changed(step, (mapping) => ({ ...mapping, [key]: value })),
        );
        const place = `${face.prefix ?? ''}${formatPath([...path, key])}`;
        const said = error?.message.split('\n').some((line) => line.includes(place)) ?? false;
        const fine = error === undefined ? fits : ['Error', 'SettingsError'].includes(error.name) && (said || fits);
        return fine ? [] : [`${step.name} as ${what}: ${error?.name}: ${error?.message ?? 'taken'}`];
      }),
    );
    expect(kept).toEqual([]);
  });

  it('refuses what are no settings at all', () => {
    // Nothing at all is what options are by default.
    const none = face.type === 'PodsOptions' || file ? [] : [undefined];
    for (const value of [...none, null, [], ['a'], 'text', 5, () => 1, new Map(), Number.NaN].filter(() => !file)) {
      const error = errorOf(face.give, value);
      const what = `${typeof value} ${String(value)}`;
      expect({ what, name: error?.name, message: error?.message }).toEqual({
        what,
        name: 'Error',
        message: expect.stringMatching(/expected |missing|no such key/),
      });
    }
  });
});

/** Whether a value may be of the expected kind: rules may take or refuse it. */
function fitting(kind: string, value: unknown): boolean {
  if (kind.startsWith('any value')) return true;
  if (kind.includes('a number') && typeof value === 'number') return Number.isFinite(value);
  if (kind.startsWith('a text')) return typeof value === 'string';
  if (kind.startsWith('true')) return typeof value === 'boolean';
  if (kind.startsWith('a list of texts'))
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return false;
}
