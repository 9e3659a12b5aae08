import { isDeepStrictEqual } from 'node:util';
import type { PatchOperationProps } from './patch-props';

/** A place in a document: what it is in, and its key or position there. */
interface Place {
  readonly parent: unknown;
  readonly key: string;
  readonly value: unknown;
}

/**
 * Why an operation of JSON Patch cannot be applied, if it cannot: the library that applies it passes over some mistakes.
 *
 * @param document the object
 * @param operation the operation, of right form
 */
export function operationMistake(
  document: unknown,
  { op, path, from, value }: PatchOperationProps,
): string | undefined {
  const source = op === 'move' || op === 'copy' ? mistakeAt(document, from ?? '', true) : undefined;
  const creates = op === 'add' || op === 'move' || op === 'copy';
  const mistake = source ?? mistakeAt(document, path, !creates);
  if (mistake !== undefined) return mistake;
  if (op === 'move' && path.startsWith(`${from}/`)) return 'a value cannot move into itself';
  if (op !== 'test' || isDeepStrictEqual(placeOf(document, path)?.value, value)) return undefined;
  return `the value there is another: ${shortJson(placeOf(document, path)?.value)}`;
}

/** Why there is no such place, or why nothing can be put there. */
function mistakeAt(document: unknown, pointer: string, mustExist: boolean): string | undefined {
  const steps = pointer.split('/');
  for (let depth = 1; depth < steps.length; depth++) {
    const here = steps.slice(0, depth).join('/');
    const { parent, key } = placeOf(document, steps.slice(0, depth + 1).join('/')) ?? {};
    const isLast = depth === steps.length - 1;
    if (typeof parent !== 'object' || parent === null) return `${here || '/'} has nothing in it`;
    if (key === '__proto__' || (Array.isArray(parent) && !isPosition(parent, key ?? '', isLast && !mustExist))) {
      return Array.isArray(parent) ? positions(here, parent) : `${key} is no key`;
    }
    if ((mustExist || !isLast) && !Array.isArray(parent) && !Object.hasOwn(parent, key ?? '')) {
      return `${here || 'the object'} has no ${key}, but ${Object.keys(parent).join(', ') || 'nothing'}`;
    }
  }
  return undefined;
}

function placeOf(document: unknown, pointer: string): Place | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Place | undefined>(
      (place, key) => {
        const parent = place?.value;
        const isOpen = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key);
        return { parent, key, value: isOpen ? (parent as { readonly [key: string]: unknown })[key] : undefined };
      },
      { parent: undefined, key: '', value: document },
    );
}

function isPosition(list: unknown[], key: string, mayBeNew: boolean): boolean {
  if (mayBeNew && key === '-') return true;
  return /^(0|[1-9][0-9]*)$/.test(key) && Number(key) < list.length + (mayBeNew ? 1 : 0);
}

function positions(here: string, list: unknown[]): string {
  if (list.length === 0) return `${here} is an empty list: add to it at -`;
  const names = list.map((item, index) => `${index}${isNamed(item) ? ` ${item.name}` : ''}`);
  return `${here} is a list with the positions ${names.join(', ')}, and - for its end where something is added`;
}

function isNamed(item: unknown): item is { readonly name: string } {
  return typeof (item as { readonly name?: unknown } | null)?.name === 'string';
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
