import { isDnsName } from './dns';
import type { Path } from './path';
import type { RuleProblem } from './rule-problem';
import { isSecretName, secretKind, secretsIn } from './secrets';
import { HIDDEN } from './shown';

const ADVICE =
  'a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it';

/** Keys under which people may paste a secret. */
export interface CredentialKeys {
  /** Keys of mappings that say where a credential is: a text in their place may well be the credential. */
  readonly mappings: readonly string[];
  /** Keys that name an object with a credential by its DNS name. */
  readonly names: readonly string[];
  /** Keys of mappings whose own keys the user chooses: their names say nothing about secrets. */
  readonly labels: readonly string[];
}

/**
 * Secrets that were pasted instead of named: values and keys that look like one, values under a key that people give to
 * secrets, and values where a credential is named that are no names. The messages never show them.
 *
 * @param value the settings, of whatever form
 * @param keys keys under which people may paste a secret
 */
export function checkInlineSecrets(value: unknown, keys: CredentialKeys): RuleProblem[] {
  const visit = (part: unknown, path: Path): RuleProblem[] => {
    if (typeof part === 'string') return pasted(path, secretKind(part));
    if (Array.isArray(part)) return part.flatMap((item, index) => visit(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return [];
    return Object.entries(part).flatMap(([key, item]) => {
      const kind = secretKind(key);
      const here = [...path, key];
      if (kind !== undefined) return [{ path: here, message: `this key looks like ${kind}: ${ADVICE}`, atKey: true }];
      const isLabel = keys.labels.includes(String(path.at(-1)));
      const doubt = isLabel || !isScalar(item) ? undefined : doubtAbout(key, item, keys);
      return doubt === undefined ? visit(item, here) : [{ path: here, value: HIDDEN, message: `${doubt}: ${ADVICE}` }];
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

/** Why a value under a key may be a secret, if it may. */
function doubtAbout(key: string, value: unknown, { mappings, names }: CredentialKeys): string | undefined {
  if (mappings.includes(key) && typeof value !== 'boolean')
    return 'expected a mapping, and this may be the secret itself';
  if (names.includes(key) && !(typeof value === 'string' && isDnsName(value))) {
    return 'expected a DNS name in lower case, and this may be the secret itself';
  }
  // Such as automountServiceAccountToken: a truth value gives no secret away.
  return isSecretName(key) && typeof value !== 'boolean' ? 'by its name a secret' : undefined;
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object';
}
