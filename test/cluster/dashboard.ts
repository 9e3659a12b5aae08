import { type Answers, type Found, filled, panels, type Query } from '../../bench/dashboard/panels';
import type { Prometheus, Series } from './prometheus';
import { NAMESPACE } from './stack';

/** Whether a query found something that is a number. */
export function hasData(found: readonly Series[]): boolean {
  return found.some(({ value }) => Number.isFinite(Number(value?.[1])));
}

/** A query of the dashboard, for all nodes. */
export function asked(expr: string): string {
  return filled(expr, { namespace: NAMESPACE, node: '.*', rateInterval: '1m' });
}

/** Queries of the dashboard that find nothing. */
export async function emptyQueries(prometheus: Prometheus): Promise<string[]> {
  const all = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, query: asked(expr) })));
  const found = await Promise.all(all.map(({ query }) => prometheus.query(query)));
  return all.filter((_, i) => !hasData(found[i] ?? [])).map(({ title, query }) => `${title} ${query}`);
}

/** Times of a range, in seconds. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** What the dashboard's queries find over a time: for its picture. */
export async function answers(prometheus: Prometheus, range: Range): Promise<Answers> {
  const found: { [expr: string]: Found[] } = {};
  for (const query of panels.flatMap(({ targets = [] }) => targets)) {
    found[query.expr] = await answer(prometheus, query, range);
  }
  const { start, step } = range;
  return { start, step, found };
}

async function answer(prometheus: Prometheus, { expr, instant }: Query, range: Range): Promise<Found[]> {
  if (instant) {
    const series = await prometheus.query(asked(expr));
    return series.map(({ metric, value }) => ({ labels: labelsOf(metric), values: [rounded(value?.[1])] }));
  }
  const { start, end, step } = range;
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
  const series = await prometheus.range(asked(expr), range);
  return series.map(({ metric, values = [] }) => {
    const byTime = new Map(values);
    return { labels: labelsOf(metric), values: times.map((time) => rounded(byTime.get(time))) };
  });
}

function labelsOf({ __name__: _, ...labels }: Series['metric']): Found['labels'] {
  return labels;
}

function rounded(value: string | undefined): number | null {
  const number = Number(value ?? 'NaN');
  return Number.isFinite(number) ? Number(number.toPrecision(4)) : null;
}
