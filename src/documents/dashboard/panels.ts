import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BigValueGraphMode,
  type DataSourceRef,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { runbook } from '../../monitoring/alerts/alert';
import type { PanelProps, Queries } from './panel-props';

/** Any panel. */
type AnyPanel = BarGauge | Stat | Table | TimeSeries;

/** Panels below one question. */
export interface Row {
  readonly title: string;
  readonly panels: readonly AnyPanel[];
}

/** The Prometheus that the reader of the dashboard chooses. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana puts in the value
export const datasource: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** The least time between two values: a `rate` over too short a time has gaps, or nothing, between two scrapes. */
const STEP = '1m';

/** Values over time. */
export function lines(props: PanelProps, stacked = false): TimeSeries {
  const style = props.thresholds.length > 1 ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off;
  return over(new TimeSeries(), props)
    .height(8)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .fillOpacity(stacked ? 30 : 10)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None).group('A'))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(style))
    .legend(new VizLegendOptionsBuilder().showLegend(true).calcs(['lastNotNull', 'max']))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
}

/** Values now, as large numbers, with lines of what they were. */
export function numbers(props: PanelProps): Stat {
  return over(new Stat(), props)
    .height(5)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

/** Values now, as bars. */
export function bars(props: PanelProps): BarGauge {
  return withQueries(new BarGauge(), props, (query) => query.instant())
    .height(8)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

/** How a column differs from the others. */
export interface Column {
  readonly unit: string;
  readonly thresholds: readonly Threshold[];
}

/**
 * A line for each value of a label, and a column for each query.
 *
 * @param label the label that all queries keep
 * @param props what it is made of
 * @param columns how columns differ, by their names
 */
export function table(label: string, props: PanelProps, columns: { readonly [name: string]: Column }): Table {
  const names = Object.keys(props.queries).map((name, index) => [`Value #${refId(index)}`, name]);
  const panel = withQueries(new Table(), props, (query) => query.instant().format(PromQueryFormat.Table))
    .height(8)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(names) },
    });
  for (const [name, { unit, thresholds }] of Object.entries(columns)) {
    panel.overrideByName(name, [
      { id: 'unit', value: unit },
      { id: 'thresholds', value: steps(thresholds).build() },
    ]);
  }
  return panel.overrideByRegexp(`/^(?!${label}$)/`, [
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
    { id: 'custom.align', value: 'right' },
  ]);
}

function over<T extends AnyPanel>(panel: T, props: PanelProps): T {
  return withQueries(panel, props, (query) => query.range().interval(STEP));
}

function withQueries<T extends AnyPanel>(
  panel: T,
  { title, description, alerts, unit, noValue, span, queries, max, thresholds }: PanelProps,
  kind: (query: DataqueryBuilder) => DataqueryBuilder,
): T {
  const links = alerts.map((name) => `[${name}](${runbook(name)})`).join(', ');
  panel
    .title(title)
    .description(links === '' ? description : `${description} What to do: ${links}.`)
    .datasource(datasource)
    .unit(unit)
    .noValue(noValue)
    .span(span)
    .min(0)
    .thresholds(steps(thresholds))
    .targets(targets(queries, kind));
  if (max !== undefined) panel.max(max);
  return panel;
}

function targets(queries: Queries, kind: (query: DataqueryBuilder) => DataqueryBuilder): DataqueryBuilder[] {
  return Object.entries(queries).map(([name, expr], index) =>
    kind(new DataqueryBuilder().datasource(datasource).refId(refId(index)).expr(expr).legendFormat(name)),
  );
}

function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function steps(thresholds: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...thresholds]);
}
