import type { EChartsOption } from 'echarts';
import { type Box, chart, FONT, GREY, PALE, SMALL } from './chart';
import { type Answers, colourOf, last, type Panel, points, seriesOf } from './panels';
import { divisor, text } from './units';

/** So many series have a line of the legend each. */
const MANY = 4;

/** Lines over time, with a legend that has each one's last and highest value, as the dashboard asks for. */
export function drawLines(panel: Panel, answers: Answers, box: Box): string {
  const { unit, max, thresholds } = panel.fieldConfig?.defaults ?? {};
  const { fillOpacity = 0, stacking } = panel.fieldConfig?.defaults.custom ?? {};
  const series = seriesOf(panel, answers);
  const highest = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  // A legend of many is in two columns, else nothing is left for the lines.
  const isLong = series.length > MANY;
  const legend = series.map(({ name, values }) => {
    const peak = Math.max(...values.map((value) => value ?? 0));
    const most = `max ${text(peak, unit)}`;
    return isLong ? `${name}  ${most}` : `${name}   last ${text(last(values), unit)}, ${most}`;
  });
  const half = isLong ? Math.ceil(legend.length / 2) : legend.length;
  const columns = [legend.slice(0, half), legend.slice(half)];
  const lines = half * (FONT + 5);
  const divide = divisor(highest, unit);
  const isStacked = stacking?.mode === 'normal';
  const limit = thresholds?.steps?.at(-1)?.value;
  const option: EChartsOption = {
    grid: { left: 62, right: 12, top: 8, bottom: lines + 30 },
    legend: columns.map((data, column) => ({
      ...{ data, orient: 'vertical', left: 8 + column * (box.width / 2 - 12), top: box.height - lines - 6 },
      ...{ itemHeight: 3, itemWidth: 14, itemGap: 4, icon: 'rect', padding: 0, textStyle: SMALL, selectedMode: false },
    })),
    xAxis: {
      type: 'time',
      axisLabel: { ...SMALL, formatter: '{HH}:{mm}', hideOverlap: true },
      axisLine: { lineStyle: { color: GREY } },
      splitNumber: 4,
    },
    yAxis: {
      ...{ type: 'value', min: 0, max: max ?? (highest > 0 ? undefined : 1), splitNumber: 3 },
      minInterval: unit === 'short' ? 1 : 0,
      axisLabel: { ...SMALL, formatter: (value: number) => text(value * divide, unit) },
      splitLine: { lineStyle: { color: PALE } },
    },
    series: series.map(({ values }, index) => ({
      type: 'line',
      name: legend[index],
      ...(isStacked ? { stack: 'all', areaStyle: { opacity: fillOpacity / 100 } } : {}),
      showSymbol: false,
      lineStyle: { width: 1.6 },
      data: points(values, answers, !isStacked).map(([time, value]) => [time, value === null ? '-' : value / divide]),
      ...(index === 0 && typeof limit === 'number'
        ? {
            markLine: {
              ...{ silent: true, symbol: 'none', data: [{ yAxis: limit }], label: { show: false } },
              lineStyle: { color: colourOf(limit, thresholds?.steps), type: 'dashed' },
            },
          }
        : {}),
    })),
  };
  return chart(option, box);
}
