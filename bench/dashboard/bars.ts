import type { EChartsOption } from 'echarts';
import { type Box, chart, INK, PALE, SMALL } from './chart';
import { type Answers, colourOf, last, type Panel, seriesOf } from './panels';
import { text } from './units';

/** Values now as bars of the whole. */
export function drawBars(panel: Panel, answers: Answers, box: Box): string {
  const { unit, max, thresholds } = panel.fieldConfig?.defaults ?? {};
  const series = seriesOf(panel, answers).reverse();
  const option: EChartsOption = {
    grid: { left: 12, right: 64, top: 16, bottom: 8 },
    xAxis: { type: 'value', min: 0, max, show: false },
    yAxis: { type: 'category', data: series.map(({ name }) => name), show: false },
    series: [
      {
        type: 'bar',
        ...{ barWidth: 12, showBackground: true, backgroundStyle: { color: PALE } },
        data: series.map(({ name, values }) => ({
          name,
          value: last(values),
          itemStyle: { color: colourOf(last(values), thresholds?.steps) },
          label: { show: true, position: [0, -15], formatter: name, ...SMALL, color: INK },
        })),
      },
      {
        type: 'bar',
        ...{ barWidth: 12, barGap: '-100%', silent: true, itemStyle: { color: 'transparent' } },
        data: series.map(({ values }) => ({
          value: max ?? 1,
          label: { show: true, position: 'right', formatter: text(last(values), unit), fontSize: 12, color: INK },
        })),
      },
    ],
  };
  return chart(option, box);
}
