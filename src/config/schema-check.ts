import { isIPv4 } from 'node:net';
import Ajv, { type ErrorObject } from 'ajv';
import type { Path } from './path';
import { misplaced, type RuleProblem, wrong } from './rules/rule-problem';
import { type SchemaNode, schemaOf, stackSchema } from './schema';
import { meantKey, unknownKey } from './unknown-key';
import { kindMistake, valueMistake, wanted } from './wanted';

const validate = new Ajv({ allErrors: true, verbose: true })
  .addVocabulary(['patternErrorMessage'])
  .addFormat('ipv4', isIPv4)
  .compile(stackSchema);

/**
 * Every mistake of stack.yaml that its JSON Schema sees, in words.
 *
 * @param value what the file says
 */
export function checkSchema(value: unknown): RuleProblem[] {
  validate(value);
  const errors = validate.errors ?? [];
  return errors.flatMap((error) => {
    const path = pathOf(error.instancePath, value);
    const schema = error.parentSchema as SchemaNode;
    const unknown = unknownKeyOf(error);
    if (unknown !== undefined) return [unknownKey(path, unknown, schema)];
    if (error.keyword === 'required') return isMisspelt(error, errors) ? [] : [missingKey(path, schema, error)];
    const message = kindMistake(error.data, schema) ?? valueMistake(error.data, schema);
    return [wrong(path, error.data, message ?? `${wanted(schema)} is wanted`)];
  });
}

function unknownKeyOf(error: ErrorObject): string | undefined {
  return error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined;
}

/** Whether a missing key is there under a name that is not known. */
function isMisspelt(missing: ErrorObject, errors: ErrorObject[]): boolean {
  return errors.some((error) => {
    const unknown = error.instancePath === missing.instancePath ? unknownKeyOf(error) : undefined;
    const meant = unknown === undefined ? undefined : meantKey(unknown, error.parentSchema as SchemaNode);
    return meant !== undefined && meant === missing.params.missingProperty;
  });
}

function missingKey(path: Path, schema: SchemaNode, error: ErrorObject): RuleProblem {
  const key = String(error.params.missingProperty);
  const [meaning = ''] = (schema.properties?.[key]?.description ?? '').split(/\.(?:\s|$)/);
  const told = meaning.charAt(0).toLowerCase() + meaning.slice(1);
  return misplaced([...path, key], `missing; ${wanted(schemaOf(schema, key) ?? {})} is wanted: ${told}`);
}

/** The path of a JSON pointer (RFC 6901) into a value. */
function pathOf(pointer: string, value: unknown): Path {
  let part = value as Record<string, unknown> | unknown[];
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replace(/~1/g, '/').replace(/~0/g, '~');
      const position = Array.isArray(part) ? Number(key) : key;
      part = (part as Record<string | number, unknown>)[position] as typeof part;
      return position;
    });
}
