import type { EChartsOption } from 'echarts';
import { type Box, chart, FONT, INK } from './chart';
import { type Answers, colourOf, last, type Named, type Panel, points, seriesOf, stepsOf } from './panels';
import { text } from './units';

/** Values now as large numbers, over a line of what they were. */
export function drawNumbers(panel: Panel, answers: Answers, box: Box): string {
  const { unit, thresholds } = panel.fieldConfig?.defaults ?? {};
  const series = seriesOf(panel, answers);
  const width = box.width / series.length;
  const titles = series.map(({ name, values }, index) => ({
    ...{ left: index * width + width / 2, top: 6, textAlign: 'center' as const, itemGap: 4, padding: 0 },
    text: text(last(values), unit),
    textStyle: { fontSize: 28, fontWeight: 'bold' as const, color: colourOf(last(values), stepsOf(panel, name)) },
    subtext: name,
    subtextStyle: { fontSize: FONT, color: INK, width: width - 10, overflow: 'truncate' as const },
  }));
  const highest = ({ values }: Named) => Math.max(...values.map((value) => value ?? 0));
  const option: EChartsOption = {
    title: titles,
    grid: series.map((_, index) => ({ left: index * width + 12, width: width - 24, top: 66, bottom: 6 })),
    xAxis: series.map((_, index) => ({ gridIndex: index, type: 'time' as const, show: false })),
    yAxis: series.map((one, index) => ({
      ...{ gridIndex: index, type: 'value' as const, show: false, min: 0, max: highest(one) || 1 },
    })),
    series: series.map(({ name, values }, index) => {
      const color = colourOf(last(values), stepsOf(panel, name) ?? thresholds?.steps);
      return {
        ...{ type: 'line' as const, xAxisIndex: index, yAxisIndex: index, showSymbol: false },
        ...{ lineStyle: { width: 1.4, color }, areaStyle: { opacity: 0.12, color } },
        data: points(values, answers, true).map(([time, value]) => [time, value ?? '-']),
      };
    }),
  };
  return chart(option, box);
}
