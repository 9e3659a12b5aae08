import { isIPv4 } from 'node:net';
import { respelt } from './durations';
import { nearest } from './nearest';
import { shortened } from './path';
import type { SchemaNode } from './schema';
import { secretKind } from './secrets';

/** The value that a schema expects, in words: `a whole number from 1 to 65535`. */
export function expectedValue(schema: SchemaNode): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (Array.isArray(schema.type)) return schema.type.map((type) => expectedValue({ ...schema, type })).join(' or ');
  switch (schema.type) {
    case 'integer':
      return `a whole number from ${schema.minimum} to ${schema.maximum}`;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return schema.items?.$ref === undefined ? 'a list of texts' : 'a list of mappings';
    case 'object':
      return `a mapping ${keysOf(schema)}`;
    case undefined:
      return 'any value of YAML';
    default:
      return 'a text';
  }
}

function keysOf(schema: SchemaNode): string {
  const keys = Object.keys(schema.properties ?? {});
  if (keys.length === 0) return 'of names to texts';
  return `with the ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`;
}

/** What is wrong with the kind of a value, if anything. */
export function kindMistake(value: unknown, schema: SchemaNode): string | undefined {
  if (hasKind(value, schema)) return undefined;
  return `expected ${expectedValue(schema)}${hint(value, schema)}`;
}

/** What is wrong with a value of the right kind, if anything: its characters, its size, its length. */
export function valueMistake(value: unknown, schema: SchemaNode): string | undefined {
  if (typeof value === 'string') return textMistake(value, schema);
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    return value < minimum || value > maximum ? `expected ${expectedValue(schema)}` : undefined;
  }
  if (Array.isArray(value) && value.length < (schema.minItems ?? 0)) return 'expected at least one item';
  return undefined;
}

function textMistake(value: string, schema: SchemaNode): string | undefined {
  const { pattern, minLength = 0, maxLength = Infinity } = schema;
  if (schema.enum && !schema.enum.includes(value)) {
    const near = nearest(value, schema.enum);
    return `expected ${expectedValue(schema)}${near === undefined ? '' : `: did you mean ${near}?`}`;
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) {
    const instead = respelt(value, new RegExp(pattern, 'u'));
    return `${schema.patternErrorMessage}${instead === undefined ? '' : `: write ${instead}`}`;
  }
  const { length } = [...value];
  if (length < minLength) return 'expected at least one character';
  if (length > maxLength) return `expected at most ${maxLength} characters`;
  if (schema.format === 'ipv4' && !isIPv4(value)) return 'expected an IPv4 address, such as 10.96.0.30';
  return undefined;
}

function hasKind(value: unknown, schema: SchemaNode): boolean {
  if (Array.isArray(schema.type)) return schema.type.some((type) => hasKind(value, { type }));
  switch (schema.type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case undefined:
      return isPlainValue(value);
    default:
      return typeof value === 'string';
  }
}

/** Whether a value is one that a file can hold. */
function isPlainValue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isPlainValue);
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

/** What to write instead of a mapping with nothing but a name, as other programs have it in lists of references. */
function nameAlone(value: unknown): string {
  const name =
    Object.entries(value ?? {}).every(([key]) => key === 'name') && (value as { name?: unknown } | null)?.name;
  return typeof name === 'string' && secretKind(name) === undefined ? `: write the name alone, ${shortened(name)}` : '';
}

function hint(value: unknown, schema: SchemaNode): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  if (schema.type === 'string' && scalar) return schema.enum ? '' : ': put it in quotes';
  if (schema.type === 'string') return nameAlone(value);
  if (schema.type === 'integer' && typeof value === 'string' && /^[0-9]+$/.test(value)) return ': take the quotes away';
  if (schema.type === 'boolean' && /^(yes|no|on|off)$/i.test(String(value))) return ': YAML 1.2 reads this as a text';
  if (schema.type === 'array' && typeof value === 'string') return ": put each on a line of its own, after '- '";
  return '';
}
