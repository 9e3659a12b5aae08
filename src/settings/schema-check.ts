import { expectedValue, kindMistake, valueMistake } from './expected';
import type { Path } from './path';
import { invalidPlace, invalidValue, type RuleProblem } from './rule-problem';
import { resolved, type SchemaNode, schemaOf } from './schema';
import { isRefused, meantKey, unknownKey } from './unknown-key';

/**
 * Every mistake that a JSON Schema sees, in words: the same for files and for what programs give.
 *
 * @param value the settings, of whatever form
 * @param schema the schema, with its definitions
 */
export function checkSchema(value: unknown, schema: SchemaNode): RuleProblem[] {
  return checkValue(value, schema, [], schema);
}

function checkValue(value: unknown, schema: SchemaNode, path: Path, root: SchemaNode): RuleProblem[] {
  const mistake = kindMistake(value, schema) ?? valueMistake(value, schema);
  if (mistake !== undefined) return [invalidValue(path, value, mistake)];
  if (Array.isArray(value) && schema.items !== undefined) {
    const items = resolved(schema.items, root);
    return value.flatMap((item, index) => checkValue(item, items, [...path, index], root));
  }
  if (typeof value !== 'object' || value === null || schema.type === undefined) return [];
  return checkMapping(value, schema, path, root);
}

function checkMapping(value: object, schema: SchemaNode, path: Path, root: SchemaNode): RuleProblem[] {
  const unknown = Object.keys(value).filter((key) => schemaOf(schema, key, root) === undefined);
  const meant = new Set(unknown.map((key) => meantKey(key, schema)));
  // A misspelt key is not missing, nor is one in whose place there is one that cannot be.
  const isMissing = (key: string) => !Object.hasOwn(value, key) && !meant.has(key);
  const missing = unknown.some((key) => isRefused(key, schema)) ? [] : (schema.required ?? []).filter(isMissing);
  return [
    ...missing.map((key) => missingKey(path, schema, key, root)),
    ...Object.entries(value).flatMap(([key, item]) => {
      const known = schemaOf(schema, key, root);
      return known === undefined
        ? [unknownKey(path, key, schema, root)]
        : checkValue(item, known, [...path, key], root);
    }),
  ];
}

function missingKey(path: Path, schema: SchemaNode, key: string, root: SchemaNode): RuleProblem {
  const [meaning = ''] = (schema.properties?.[key]?.description ?? '').split(/\.(?:\s|$)/);
  const told = meaning.charAt(0).toLowerCase() + meaning.slice(1);
  return invalidPlace([...path, key], `missing; expected ${expectedValue(schemaOf(schema, key, root) ?? {})}: ${told}`);
}
