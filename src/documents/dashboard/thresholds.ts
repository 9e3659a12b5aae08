import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Severity } from '../../monitoring/alerts/alert';

const COLOURS = { critical: 'red', warning: 'orange', info: 'yellow' } as const satisfies { [of in Severity]: string };

/** Where no value is better than another. */
export const ANY: readonly Threshold[] = [{ value: null, color: 'green' }];

/** Green without any, and orange from one on. */
export const NONE: readonly Threshold[] = from(1);

/**
 * Green below a value, and orange from there on.
 *
 * @param value the value
 */
export function from(value: number): readonly Threshold[] {
  return [...ANY, { value, color: 'orange' }];
}

/**
 * Orange below a value, and green from there on.
 *
 * @param value the value
 */
export function atLeast(value: number): readonly Threshold[] {
  return [
    { value: null, color: 'orange' },
    { value, color: 'green' },
  ];
}

/**
 * Colours of a rest, as alerts about it are urgent.
 *
 * @param below severities and the numbers below which they begin, the smallest number first
 */
export function rest(below: readonly (readonly [Severity, number])[]): Threshold[] {
  const colours = [...below.map(([severity]) => COLOURS[severity]), 'green'];
  return colours.map((color, index) => ({ value: below[index - 1]?.[1] ?? null, color }));
}
