import fc from 'fast-check';
import { resolved, type SchemaNode, schemaOf } from '../../src/settings/schema';

/** A value under test: a mapping that a schema describes. */
export type Mapping = { readonly [key: string]: unknown };

/** Texts that some key without a pattern takes. */
const TEXTS = ['docker.io', 'docker.io/library/*', 'kong/app', 'default', '10.96.0.77/32', '10.96.0.77'];

/** Values that a schema takes; rules may refuse some of them. Mappings have what they need, and no more. */
export function samples(schema: SchemaNode, seed: number, root: SchemaNode): unknown[] {
  const node = resolved(schema, root);
  if (node.enum) return node.enum;
  const { type } = node;
  if (Array.isArray(type)) return type.flatMap((one) => samples({ ...node, type: one }, seed, root));
  switch (type) {
    case 'number':
      return [64];
    case 'boolean':
      return [true, false];
    case 'integer':
      return [node.default ?? node.minimum ?? 1, node.maximum ?? 1];
    case 'array':
      return samples(node.items ?? {}, seed, root).map((item) => [item]);
    case 'object':
      return TEXTS.map((text, nth) =>
        Object.fromEntries(
          node.properties === undefined
            ? [['example.com/pool', text.replace(/[/].*/, '')]]
            : (node.required ?? []).map((key, index) => {
                const values = samples(schemaOf(node, key, root) ?? {}, seed + index, root);
                return [key, values[nth % values.length]];
              }),
        ),
      );
    default: {
      if (node.pattern === undefined) return TEXTS;
      return fc.sample(fc.stringMatching(new RegExp(node.pattern), { size: 'xsmall' }), { numRuns: 4, seed });
    }
  }
}

/** A mapping within a value, and where it is. */
export interface Place {
  readonly path: (string | number)[];
  readonly schema: SchemaNode;
  readonly value: Mapping;
}

/** All mappings with keys of their own within a value. */
export function placesIn(
  value: unknown,
  schema: SchemaNode,
  path: (string | number)[] = [],
  root: SchemaNode = schema,
): Place[] {
  const node = resolved(schema, root);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => placesIn(item, node.items ?? {}, [...path, index], root));
  }
  if (typeof value !== 'object' || value === null || node.properties === undefined) return [];
  const within = Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, schemaOf(node, key, root) ?? {}, [...path, key], root),
  );
  return [{ path, schema: node, value: value as Mapping }, ...within];
}

/** A copy with another mapping at a place. */
export function changedAt(value: unknown, path: (string | number)[], change: (mapping: Mapping) => Mapping): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value as Mapping);
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? changedAt(item, rest, change) : item));
  const mapping = value as Mapping;
  return { ...mapping, [step]: changedAt(mapping[step], rest, change) };
}
