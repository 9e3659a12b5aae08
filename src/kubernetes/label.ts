import { isDnsName } from '../settings/dns';
import type { Path } from '../settings/path';
import { invalidValue, type RuleProblem } from '../settings/rule-problem';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What the key of a label or a taint is. */
export const LABEL_KEY =
  "expected a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not";

/** What the value of a label or a taint is. */
export const LABEL_VALUE = "expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends";

/** Whether a text can be the key of a label or a taint. */
export function isLabelKey(text: string): boolean {
  const [name = '', domain, ...rest] = text.split('/').reverse();
  return NAME.test(name) && rest.length === 0 && (domain === undefined || isDnsName(domain));
}

/** Whether a text can be the value of a label or a taint. */
export function isLabelValue(text: string): boolean {
  return text === '' || NAME.test(text);
}

/** The labels of a selector that cannot be. */
export function checkLabels(labels: { readonly [key: string]: string | undefined }, path: Path): RuleProblem[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const place = [...path, key];
    if (!isLabelKey(key)) return [{ path: place, message: `no key of a label: ${LABEL_KEY}`, atKey: true }];
    return isLabelValue(value ?? '') ? [] : [invalidValue(place, value, LABEL_VALUE)];
  });
}
