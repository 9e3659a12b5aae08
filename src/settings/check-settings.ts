import { type Draft, without } from './draft';
import { type CredentialKeys, checkInlineSecrets } from './inline-secrets';
import type { RuleProblem } from './rule-problem';
import type { SchemaNode } from './schema';
import { checkSchema } from './schema-check';

/**
 * Every mistake in settings: pasted secrets, what the schema refuses, and what rules find in the rest.
 *
 * @param value the settings, of whatever form
 * @param schema their schema
 * @param credentialKeys keys under which people may paste a secret
 * @param rules what a schema cannot say, of settings in which any part may be missing
 */
export function checkSettings<T extends object>(
  value: unknown,
  schema: SchemaNode,
  credentialKeys: CredentialKeys,
  rules: (left: Draft<T>) => RuleProblem[],
): RuleProblem[] {
  const seen = new Set<string>();
  const mistakes = [...checkInlineSecrets(value, credentialKeys), ...checkSchema(value, schema)].filter(
    ({ path }) => seen.size < seen.add(JSON.stringify(path)).size,
  );
  const places = mistakes.map(({ path }) => path);
  const left = without(value, places) as Draft<T> | undefined;
  const others = rules(left ?? ({} as Draft<T>)).filter(({ path }) => !seen.has(JSON.stringify(path)));
  return [...mistakes, ...others];
}
