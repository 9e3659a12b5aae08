import type { Path } from '../path';
import { resolved, type SchemaNode, schemaOf } from '../schema';
import { kindMistake, valueMistake } from '../wanted';
import { type RuleProblem, wrong } from './rule-problem';

/**
 * Values that the JSON Schema refuses, for settings that did not come from stack.yaml. Missing and unknown keys are the
 * compiler's to find.
 *
 * @param value the settings
 * @param schema their schema
 * @param path where they are
 */
export function checkShapes(value: unknown, schema: SchemaNode, path: Path = []): RuleProblem[] {
  if (value === undefined || schema.type === undefined) return [];
  const mistake = kindMistake(value, schema) ?? valueMistake(value, schema);
  if (mistake !== undefined) return [wrong(path, value, mistake)];
  if (Array.isArray(value)) {
    const items = resolved(schema.items ?? {});
    return value.flatMap((item, index) => checkShapes(item, items, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => checkShapes(item, schemaOf(schema, key) ?? {}, [...path, key]));
}
