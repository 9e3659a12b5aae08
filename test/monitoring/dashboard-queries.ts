import dashboard from '../../src/monitoring/dashboard/dashboard.json';

/** A query of the dashboard. */
export interface DashboardQuery {
  /** The panel's question. */
  readonly panel: string;
  /** What the query is called in the panel, perhaps with labels. */
  readonly name: string;
  readonly expr: string;
}

/** Panels with data. */
export const panels = dashboard.panels.flatMap((panel) => ('targets' in panel && panel.targets ? [panel] : []));

/** All queries. */
export const queries: readonly DashboardQuery[] = panels.flatMap(({ title, targets }) =>
  (targets ?? []).map(({ legendFormat, expr }) => ({ panel: title, name: legendFormat, expr })),
);

/** Functions and keywords of Prometheus that the queries use. */
const WORDS = new Set('sum count max min topk rate histogram_quantile label_replace by on or bool'.split(' '));

/** Names of the metrics that a query reads. */
export function metricsIn(expr: string): string[] {
  // What stands in quotes, in braces, in ranges and after `by` and `on` names no metric.
  const bare = expr.replace(/"[^"]*"/g, '').replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|on) \([^)]*\)/g, ' ');
  return (bare.match(/[a-zA-Z_:][\w:]*/g) ?? []).filter((word) => !WORDS.has(word));
}
