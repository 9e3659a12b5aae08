import type { FieldConfigSource, Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import dashboard from '../../src/monitoring/dashboard/dashboard.json';

/** A query of a panel. */
export interface Query {
  readonly refId: string;
  readonly expr: string;
  /** The name of its series: labels are in it as `{{label}}`. */
  readonly legendFormat: string;
  /** Whether it asks for values now, and not for values over time. */
  readonly instant: boolean;
}

/** A panel of the dashboard, as far as somebody reads it who is not Grafana; rows have no queries. */
export interface Panel {
  readonly type: 'row' | 'stat' | 'timeseries' | 'table' | 'bargauge';
  readonly title: string;
  /** Columns of 24, and rows. */
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Query[];
  readonly fieldConfig?: FieldConfigSource;
  readonly transformations?: readonly {
    readonly options: { readonly renameByName?: { readonly [name: string]: string } };
  }[];
}

/** All panels of the dashboard. */
export const panels = dashboard.panels as unknown as readonly Panel[];

/** Values for the variables that Grafana gives. */
export interface Variables {
  readonly namespace: string;
  /** A regular expression. */
  readonly node: string;
  readonly rateInterval: string;
}

/**
 * A query as Grafana sends it.
 *
 * @param expr the query
 * @param variables values for its variables
 */
export function filled(expr: string, { namespace, node, rateInterval }: Variables): string {
  const values: { readonly [name: string]: string } = { namespace, node, __rate_interval: rateInterval };
  return expr.replace(/\$(\w+)/g, (text, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${text} in ${expr}`);
    return value;
  });
}

/** What of a query's answer is drawn: its series, with a value at each time, or a single one. */
export interface Found {
  readonly labels: { readonly [label: string]: string };
  readonly values: readonly (number | null)[];
}

/** Answers to the dashboard's queries. */
export interface Answers {
  /** When the first value was, in seconds since 1970, and seconds from one to the next. */
  readonly start: number;
  readonly step: number;
  /** By the query. */
  readonly found: { readonly [expr: string]: readonly Found[] };
}

/** A series with its name in the panel. */
export interface Named {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** The series of a panel that have a value, as Grafana names them. */
export function seriesOf({ targets = [] }: Panel, { found }: Answers): Named[] {
  return targets.flatMap(({ expr, legendFormat }) =>
    (found[expr] ?? [])
      .filter(({ values }) => values.some((value) => value !== null))
      .map(({ labels, values }) => ({
        name: legendFormat.replace(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '').trim(),
        values,
      })),
  );
}

/** Times and values; where it keeps its value, the first and the last of these are enough. */
export function points(values: Named['values'], { start, step }: Answers, few: boolean): [number, number | null][] {
  const all = values.map((value, at): [number, number | null] => [1000 * (start + at * step), value]);
  return few ? all.filter(([, value], at) => value !== values[at - 1] || value !== values[at + 1]) : all;
}

/** A property that a series has for itself, by its name. */
export function propertyOf({ fieldConfig }: Panel, name: string, property: string) {
  return fieldConfig?.overrides
    .filter(({ matcher }) => matcher.id === 'byName' && matcher.options === name)
    .flatMap(({ properties }) => properties)
    .find(({ id }) => id === property)?.value;
}

/** Thresholds of a series: its own, or the panel's. */
export function stepsOf(panel: Panel, name: string): readonly Threshold[] | undefined {
  return (propertyOf(panel, name, 'thresholds') ?? panel.fieldConfig?.defaults.thresholds)?.steps;
}

/** The last value that there is. */
export function last(values: readonly (number | null)[]): number {
  return values.filter((value) => value !== null).at(-1) ?? Number.NaN;
}

/** Colour of a value by a panel's thresholds. */
export function colourOf(value: number, thresholds: readonly Threshold[] = []): string {
  const step = thresholds.filter((one) => one.value === null || value >= one.value).at(-1);
  return COLOURS[step?.color ?? 'green'] ?? COLOURS.green;
}

const COLOURS: { readonly [name: string]: string } & { readonly green: string } = {
  green: '#1a7f37',
  yellow: '#9a6700',
  orange: '#bc4c00',
  red: '#cf222e',
};
