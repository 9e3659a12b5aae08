import { isIPv4 } from 'node:net';
import Ajv from 'ajv';
import fc from 'fast-check';
import { stackSchema } from '../../src/schemas/schemas';
import type { SchemaNode } from '../../src/settings/schema';
import { checkSchema } from '../../src/settings/schema-check';
import { stackFile } from '../stack/arbitraries';

// Editors check stack.yaml by the JSON Schema with a validator of their own: this one stands for it.
const validate = new Ajv({ allowUnionTypes: true })
  .addVocabulary(['patternErrorMessage', 'refusedKeys'])
  .addFormat('ipv4', isIPv4)
  .compile(stackSchema);

/** Values of every kind, right for some keys and wrong for most. */
const anything = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    70_000,
    '',
    'a',
    'A',
    'docker.io',
    '10.0.0.1',
    '720h',
    [],
    {},
    [{}],
    ['a'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A copy with a part replaced, taken out or called otherwise: the nth of all parts. */
function changed(value: unknown, nth: number, change: (parent: object, key: string) => void): unknown {
  const copy = JSON.parse(JSON.stringify(value));
  const parts: [object, string][] = [];
  const visit = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, item] of Object.entries(part)) {
      parts.push([part, key]);
      visit(item);
    }
  };
  visit(copy);
  const found = parts[nth % parts.length];
  if (found) change(...found);
  return copy;
}

const mutant = fc
  .tuple(stackFile(), fc.nat(), anything, fc.constantFrom('replaced', 'gone', 'renamed'))
  .map(([file, nth, value, how]) =>
    changed(file, nth, (parent, key) => {
      if (how === 'gone' && !Array.isArray(parent)) Reflect.deleteProperty(parent, key);
      else if (how === 'renamed' && !Array.isArray(parent)) Reflect.set(parent, `${key}X`, value);
      else Reflect.set(parent, key, value);
    }),
  );

describe('the check of stack.yaml finds a mistake where a validator of JSON Schemas does', () => {
  it.each<[string, fc.Arbitrary<unknown>]>([
    ['in files with one change', mutant],
    ['in anything', anything],
    ['in right files', stackFile()],
  ])('%s', (_, values) => {
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(values, (value) => {
        const right = validate(value);
        seen[right ? 'right' : 'wrong'] += 1;
        expect(checkSchema(value, stackSchema).length === 0).toBe(right);
      }),
      { numRuns: 300 },
    );
    expect(Math.max(seen.right, seen.wrong)).toBeGreaterThan(50);
  });

  it('has all keywords that the schema uses', () => {
    const used = new Set<string>();
    const visit = (node: SchemaNode) => {
      for (const [key, value] of Object.entries(node)) {
        used.add(key);
        if (['properties', 'definitions'].includes(key)) Object.values(value as object).forEach(visit);
        else if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object'))
          visit(value as SchemaNode);
      }
    };
    visit(stackSchema);
    expect([...used].sort()).toEqual(
      [
        '$id',
        '$ref',
        '$schema',
        'additionalProperties',
        'anyOf',
        'default',
        'definitions',
        'description',
        'enum',
        'format',
        'items',
        'maxLength',
        'maximum',
        'minItems',
        'minLength',
        'minimum',
        'pattern',
        'patternProperties',
        'patternErrorMessage',
        'properties',
        'refusedKeys',
        'required',
        'title',
        'type',
      ].sort(),
    );
  });
});
