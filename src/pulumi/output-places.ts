import { createHash } from 'node:crypto';
import { Output, output } from '@pulumi/pulumi';
import type { Path } from '../settings/path';

/** An Output in the settings, and the text that stands for it while objects are made. */
export interface Place {
  readonly path: Path;
  readonly value: Output<unknown>;
  /** Which of the texts stands for it. */
  form: number;
}

/** Texts that may stand for an Output, of which rules take one: a name, an image's repository, an image's digest. All are of its place alone. */
const FORMS = [
  (hash: string) => `output-${hash.slice(0, 24)}`,
  (hash: string) => `output-${hash.slice(0, 24)}.invalid/image`,
  (hash: string) => `sha256:${hash}`,
];

/** How many texts may stand for an Output. */
export const FORM_COUNT = FORMS.length;

/** Whether a value is known later. */
export function isOutput(value: unknown): value is Output<unknown> | Promise<unknown> {
  return Output.isInstance(value) || value instanceof Promise;
}

/** The Outputs in a value. */
export function placesIn(value: unknown, path: Path): Place[] {
  if (isOutput(value)) return [{ path, value: output<unknown>(value), form: 0 }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The text that stands for an Output now. */
export function standIn({ path, form }: Place): string {
  const hash = createHash('sha256').update(JSON.stringify(path)).digest('hex');
  return (FORMS[form] ?? FORMS[0])?.(hash) ?? '';
}

/** A copy with another value at a place. */
export function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  const object = value as { readonly [key: string]: unknown };
  return { ...object, [step]: replaced(object[step], rest, by) };
}
