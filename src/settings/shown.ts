import { shortened } from './path';
import { secretKind } from './secrets';

/** A value as error messages show it: short, and never a secret. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (typeof value === 'symbol') return value.description ?? '';
  if (typeof value !== 'string') return String(value);
  return secretKind(value) === undefined ? JSON.stringify(shortened(value)) : HIDDEN;
}

/** What stands for a value that must not be shown. */
export const HIDDEN = '(hidden)';
