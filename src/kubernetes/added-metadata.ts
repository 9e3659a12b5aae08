import { invalidValue, type RuleProblem } from '../settings/rule-problem';
import { harmOf } from './harmful-keys';
import { isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from './label';

/** Labels or annotations that a user adds. */
interface Added {
  readonly [key: string]: string | undefined;
}

const OWN = 'the stack sets it, and the mirror is known by it: choose another key';

/**
 * Labels that a user adds can exist, and none takes the place of the stack's own.
 *
 * @param list the key that has them
 * @param labels the labels
 * @param taken keys of the stack's own; one that ends with a slash is the beginning of some
 */
export function checkAddedLabels(list: string, labels: Added, taken: readonly string[]): RuleProblem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...checkKey([list, key], 'a label', taken),
    ...(isLabelValue(value ?? '') ? [] : [invalidValue([list, key], value, LABEL_VALUE)]),
  ]);
}

/** The same for annotations, whose values may be any text. */
export function checkAddedAnnotations(list: string, annotations: Added): RuleProblem[] {
  return Object.keys(annotations).flatMap((key) => checkKey([list, key], 'an annotation', []));
}

function checkKey([list, key]: [string, string], what: string, taken: readonly string[]): RuleProblem[] {
  const at = { path: [list, key], atKey: true };
  if (!isLabelKey(key)) return [{ ...at, message: `no key of ${what}: ${LABEL_KEY}` }];
  const isTaken = [...taken, 'secured-mirror/'].some((own) => (own.endsWith('/') ? key.startsWith(own) : key === own));
  const message = isTaken ? OWN : harmOf(key);
  return message === undefined ? [] : [{ ...at, message }];
}
