import { type EChartsOption, init } from 'echarts';

/** A box in the picture. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Size of the picture's small texts. */
export const FONT = 11;
/** Colours of texts, and of lines behind the values. */
export const INK = '#24292f';
export const GREY = '#57606a';
export const PALE = '#e6e9ed';
/** Of the texts beside values. */
export const SMALL = { fontSize: FONT, color: GREY };
/** Colours of series, one after the other. */
const SERIES = ['#0969da', '#bc4c00', '#1a7f37', '#8250df', '#cf222e', '#9a6700', '#1b7c83', '#bf3989'];

/**
 * Draws a chart.
 *
 * @param option what it shows
 * @param box how large it is
 */
export function chart(option: EChartsOption, { width, height }: Box): string {
  const made = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    made.setOption({
      animation: false,
      useUTC: true,
      color: SERIES,
      textStyle: { fontSize: FONT, color: INK },
      ...option,
    });
    // Without what only a browser with a mouse needs, and digits that nobody sees.
    return made
      .renderToSVGString({ useViewBox: true })
      .replace(
        / (?:class|pointer-events|ecmeta_[a-z_]+|xmlns(?::xlink)?|version|baseProfile|stroke-linecap)="[^"]*"/g,
        '',
      )
      .replace(/<style[\s\S]*?<\/style>|<rect [^>]*fill="none"><\/rect>|font-family:sans-serif;/g, '')
      .replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))
      .replace(/><\/(?:path|rect)>/g, '/>')
      .replace(/\n/g, '');
  } finally {
    // Else it keeps the process alive.
    made.dispose();
  }
}
