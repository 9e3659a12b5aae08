import { drawBars } from './bars';
import { type Box, GREY, INK, PALE } from './chart';
import { drawLines } from './lines';
import { drawNumbers } from './numbers';
import { type Answers, type Panel, panels } from './panels';
import { drawTable } from './table';

const WIDTH = 1200;
/** Pixels of a row of the grid; there are 24 columns. */
const UNIT = 27;
const HEADER = 64;
const GAP = 8;
const TITLE = 30;

const draw: { readonly [type: string]: (panel: Panel, answers: Answers, box: Box) => string } = {
  stat: drawNumbers,
  timeseries: drawLines,
  bargauge: drawBars,
  table: drawTable,
};

/**
 * The dashboard with values, each panel at its place.
 *
 * @param answers what the panels' queries found
 */
export function picture(answers: Answers): string {
  const bottom = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const height = HEADER + bottom * UNIT + GAP;
  const style = `text { font-family: "Liberation Sans", Arial, Helvetica, sans-serif }`;
  const began = new Date(1000 * answers.start).toISOString().slice(0, 10);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">The dashboard, with values from a cluster of four nodes</title>
<desc id="desc">${panels.map(({ title }) => title).join(' ')}</desc>
<style>${style}</style>
<rect width="${WIDTH}" height="${height}" fill="#f3f4f6"/>
${label(16, 28, 18, INK, 'Secured mirror', true)}
${label(16, 49, 12, GREY, `Drawn from the queries of the dashboard, on a test cluster of four nodes (${began}); not a screenshot of Grafana`)}
${panels.map((panel, index) => place(panel, answers, index)).join('\n')}
</svg>
`;
}

function place(panel: Panel, answers: Answers, index: number): string {
  const { x, y, w, h } = panel.gridPos;
  const left = (x * (WIDTH - GAP)) / 24 + GAP;
  const top = HEADER + y * UNIT;
  if (panel.type === 'row') return label(left + 2, top + 20, 14, INK, panel.title, true);
  const width = (w * (WIDTH - GAP)) / 24 - GAP;
  const height = h * UNIT - GAP;
  const inner = { width: Math.round(width), height: height - TITLE };
  // The library's own names depend on what it drew before.
  const content = draw[panel.type]?.(panel, answers, inner).replace(/\bzr\d+-/g, `p${index}-`) ?? '';
  return `<g transform="translate(${left.toFixed(1)} ${top})"><rect width="${width.toFixed(1)}" height="${height}" rx="3" fill="#fff" stroke="${PALE}"/>
${label(12, 20, 13, INK, panel.title, true)}<g transform="translate(0 ${TITLE})">${content}</g></g>`;
}

function label(x: number, y: number, size: number, colour: string, content: string, bold = false): string {
  return `<text x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="bold"' : ''} fill="${colour}">${content}</text>`;
}
