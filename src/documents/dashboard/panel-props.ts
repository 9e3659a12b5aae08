import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';

/** Queries of a panel, by what each is called in it; a name may take labels: `{{node}}`. */
export interface Queries {
  readonly [name: string]: string;
}

/** What a panel is made of. */
export interface PanelProps {
  /** The question that it answers. */
  readonly title: string;
  /** What its values mean, and which are good. */
  readonly description: string;
  /** Alerts about the same, whose sections say what to do. */
  readonly alerts: readonly string[];
  /** The unit of its values. */
  readonly unit: string;
  /** What it says when there is no value. */
  readonly noValue: string;
  /** Columns that it takes, of 24. */
  readonly span: number;
  /** Its queries. */
  readonly queries: Queries;
  /** The highest value that there can be; the lowest is 0. */
  readonly max?: number;
  /** Colours of values. */
  readonly thresholds: readonly Threshold[];
}
