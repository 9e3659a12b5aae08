import type { Path } from '../path';
import { places } from '../schema';
import { isSecretName, secretKind, secretsIn } from '../secrets';
import { HIDDEN } from '../shown';
import type { RuleProblem } from './rule-problem';

const ADVICE =
  'a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it';

/**
 * Secrets that were pasted instead of named: values and keys that look like one, and values under a key that people give to
 * secrets. What is found is never shown.
 *
 * @param value the settings, of whatever form
 */
export function checkInlineSecrets(value: unknown): RuleProblem[] {
  const known = new Set(places().flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  const visit = (part: unknown, path: Path): RuleProblem[] => {
    if (typeof part === 'string') return pasted(path, secretKind(part));
    if (Array.isArray(part)) return part.flatMap((item, index) => visit(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return [];
    return Object.entries(part).flatMap(([key, item]) => {
      const kind = secretKind(key);
      const here = [...path, key];
      if (kind !== undefined) return [{ path: here, message: `this key looks like ${kind}: ${ADVICE}`, atKey: true }];
      const named = isSecretName(key) && !known.has(key) && path.at(-1) !== 'nodeSelector';
      if (named && isScalar(item)) return [{ path: here, value: HIDDEN, message: `by its name a secret: ${ADVICE}` }];
      return visit(item, here);
    });
  };
  return visit(value, []);
}

/**
 * Secrets in a text that could not be taken apart.
 *
 * @param text the text
 */
export function secretsInText(text: string): (RuleProblem & { readonly offset: number })[] {
  return secretsIn(text).flatMap(({ offset, kind }) => pasted([], kind).map((problem) => ({ ...problem, offset })));
}

function pasted(path: Path, kind: string | undefined): RuleProblem[] {
  return kind === undefined ? [] : [{ path, value: HIDDEN, message: `this looks like ${kind}: ${ADVICE}` }];
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object';
}
