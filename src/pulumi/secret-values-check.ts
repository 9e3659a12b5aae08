import { plainOf } from '../settings/plain';
import { invalidPlace, type RuleProblem } from '../settings/rule-problem';
import type { SchemaNode } from '../settings/schema';
import { checkSchema } from '../settings/schema-check';
import { isOutput } from './output-places';

const mapping = (properties: { readonly [key: string]: SchemaNode }, required: string[] = []): SchemaNode => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const certificate: SchemaNode = { type: 'string', description: 'the certificate, in PEM' };
const key: SchemaNode = { type: 'string', description: 'its key, in PEM' };
const username: SchemaNode = { type: 'string', description: 'the user name' };
const password: SchemaNode = { type: 'string', description: 'the password' };
const credential = mapping({ username, password }, ['username', 'password']);

/** What `secrets` may hold: SecretValues, whose texts the generator of schemas cannot see, as they may be Outputs. */
const PARTS: { readonly [part: string]: SchemaNode } = {
  tokens: { type: 'object', additionalProperties: { type: 'string' } },
  ca: mapping({ certificate, key }, ['certificate', 'key']),
  basic: credential,
  metrics: credential,
};

/**
 * What is wrong with the form of values of Secrets. The values are neither looked at nor shown.
 *
 * @param values the values, of whatever form
 * @param parts which of them the component takes, all unless said otherwise
 */
export function checkSecretValues(values: unknown, parts: string[] = Object.keys(PARTS)): RuleProblem[] {
  if (values === undefined) return [];
  const known = Object.fromEntries(Object.entries(PARTS).filter(([part]) => parts.includes(part)));
  return checkSchema(withoutValues(plainOf(values, isOutput)), mapping(known)).map(({ path, message }) =>
    invalidPlace(['secrets', ...path], message),
  );
}

/** The same with one text in place of all. */
function withoutValues(value: unknown): unknown {
  if (typeof value === 'string' || isOutput(value)) return 'a value';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutValues);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutValues(item)]));
}
