import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { schemaOfType } from '../../src/schemas/schemas';
import { places, type SchemaNode, schemaOf } from '../../src/settings/schema';
import { resolveStack } from '../../src/stack/resolve';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { steps } from '../schemas/configurations';
import { type Mapping, walked } from '../schemas/faces';
import { changedAt, samples } from '../schemas/samples';
import { objectsOf } from '../support';

const ROOT = resolve(__dirname, '../..');
const schema = schemaOfType('SecuredStackProps');
const { bases = [], isRight = () => false } = walked.SecuredStackProps ?? {};

/** Defaults that are not this package's: the key is left out of the objects too. */
const OTHERS: readonly string[] = ['tolerations[].operator'];

/** Settings that have a default value, by the place of the key. */
const found = steps(schema, bases as Mapping[], isRight).flatMap((step) => {
  const node: SchemaNode = step.schema.properties?.[step.key] ?? {};
  const value = schemaOf(step.schema, step.key, schema)?.default ?? node.default;
  return value === undefined || OTHERS.includes(step.name) ? [] : [{ ...step, node, value }];
});

const known = places(schema).flatMap(({ place, schema: { properties = {} } }) =>
  Object.entries(properties).flatMap(([key, { default: value }]) => {
    return value === undefined ? [] : [place === '' ? key : `${place}.${key}`];
  }),
);

describe('the default in the schema', () => {
  it('is looked at for each setting that has one', () => {
    expect([...found.map(({ name }) => name), ...OTHERS].sort()).toEqual([...new Set(known)].sort());
    expect(found.length).toBeGreaterThan(30);
  });

  it.each(found)('is the value of $name where that is left out', ({ configuration, path, key, node, value }) => {
    const given = (own: object) =>
      changedAt(configuration, path, (mapping) => {
        const { [key]: _, ...others } = mapping;
        return { ...others, ...own };
      }) as SecuredStackProps;
    const [without, withDefault] = [given({}), given({ [key]: value })];
    expect([isRight(without), isRight(withDefault)]).toEqual([true, true]);
    expect(resolveStack(without)).toEqual(resolveStack(withDefault));
    expect(objectsOf(without)).toEqual(objectsOf(withDefault));
    // Another value is another mirror, so the comparison can fail.
    const other = samples(node, 1, schema).find((one) => one !== value && isRight(given({ [key]: one })));
    if (other !== undefined) {
      expect(resolveStack(given({ [key]: other }))).not.toEqual(resolveStack(without));
    }
  });
});

/** Modules whose constructs and rules take their defaults from elsewhere. */
const MODULES = ['src/mirror', 'src/tokens', 'src/guards', 'src/monitoring', 'src/stack', 'src/pulumi'];

/** Where defaults are. */
const TABLES = [
  'src/mirror/props/defaults.ts',
  'src/tokens/resolve.ts',
  'src/guards/resolve.ts',
  'src/monitoring/resolve.ts',
];

/** Values that are a default wherever code has them, unless it compares something with them, or an alert waits so long. */
const DISTINCT = ['30020', '10000', "'720h'", "'ECDSA-P256'", "'SecretStore'", "'15m'"];

/** Defaults as code takes them by itself: `requests ?? 512`, `{ duration = '720h' }`. */
const patterns = [...new Set(found.map(({ key, value }) => `${key}|${JSON.stringify(value).replace(/"/g, "'")}`))].map(
  (pair) => {
    const [key, value] = pair.split('|');
    return new RegExp(`\\b${key}\\b(: [\\w.]+)? (=|\\?\\?) ${value}(?![\\w.])`, 'g');
  },
);

/** What a program says but for its comments, with numbers in one form. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '').replace(/(?<=\d)_(?=\d)/g, '');
}

function defaultsIn(text: string): string[] {
  const code = codeOf(text);
  const taken = patterns.flatMap((pattern) => code.match(pattern) ?? []);
  return [...taken, ...DISTINCT.filter((value) => new RegExp(`(?<!\\w|[=!]== |\\bfor: )${value}(?!\\w)`).test(code))];
}

describe('a default stands in one place', () => {
  const files = MODULES.flatMap((module) =>
    readdirSync(join(ROOT, module), { recursive: true, encoding: 'utf8' }).map((file) => join(module, file)),
  ).filter((file) => file.endsWith('.ts') && !TABLES.includes(file) && !file.endsWith('-props.ts'));

  it('and not in constructs and rules', () => {
    expect(files.length).toBeGreaterThan(60);
    const twice = files.flatMap((file) =>
      defaultsIn(readFileSync(join(ROOT, file), 'utf8')).map((text) => `${file}: ${text}`),
    );
    expect(twice).toEqual([]);
  });

  it.each([
    'const requests = options.limits.requests ?? 512;',
    'const { connections = 10_000 } = limits;',
    'const { permissive = false } = authentication;',
    'if (network.policies ?? true) {',
    "kind: storeKind ?? 'SecretStore',",
    'const PORT = 30_020;',
  ])('and would be seen elsewhere: %s', (code) => {
    expect(defaultsIn(code)).not.toEqual([]);
  });
});
