import type { Rule } from '../../../imports/monitoring';

/** Where the sections about the alerts are. */
const RUNBOOKS = 'https://git.example/secure-mirror/secure-mirror/blob/main/docs/monitoring.md';

/**
 * The address of an alert's section, which says what to do.
 *
 * @param name the alert's name
 */
export function runbook(name: string): string {
  return `${RUNBOOKS}#${name.toLowerCase()}`;
}

/** How urgent an alert is: only `critical` may wake somebody. */
export type Severity = 'info' | 'warning' | 'critical';

/** What an alert is made of. */
export interface AlertProps {
  /** The query. */
  readonly expr: string;
  /** How long it must find something. */
  readonly for: string;
  /** How urgent it is. */
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
  /** What it means. */
  readonly description: string;
}

/**
 * An alert. Its section of docs/monitoring.md says what to do.
 *
 * @param name its name
 * @param props what it is made of
 */
export function alert(name: string, { expr, severity, summary, description, ...props }: AlertProps): Rule {
  return {
    alert: name,
    expr,
    for: props.for,
    labels: { severity },
    annotations: { summary, description, runbook_url: runbook(name) },
  };
}

/** Shares of a life that are left when an alert gets more urgent, the last first. */
export const LEFT: readonly (readonly [severity: Severity, below: number])[] = [
  ['critical', 0.05],
  ['warning', 0.2],
  ['info', 0.5],
];

const DAY = 24 * 3600;

/** The same as seconds, for what takes long to replace. */
export const SECONDS_LEFT: readonly (readonly [severity: Severity, below: number])[] = [
  ['critical', 7 * DAY],
  ['warning', 30 * DAY],
];

/**
 * The same alert, more urgent the less is left; never two at the same time.
 *
 * @param name its name
 * @param series the series with what is left
 * @param thresholds severity and the number below which it begins, the smallest number first
 * @param props what it is made of
 */
export function alertsByRest(
  name: string,
  series: string,
  thresholds: readonly (readonly [Severity, number])[],
  props: Pick<AlertProps, 'for' | 'summary' | 'description'>,
): Rule[] {
  return thresholds.flatMap(([severity, below], index) => {
    const [, above] = thresholds[index - 1] ?? [];
    if (above === below) return [];
    const expr = above === undefined ? `${series} < ${below}` : `${series} < ${below} and ${series} >= ${above}`;
    return [alert(name, { ...props, severity, expr })];
  });
}
