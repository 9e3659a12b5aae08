import { type Box, GREY, INK, PALE } from './chart';
import { type Answers, colourOf, last, type Panel, propertyOf, stepsOf } from './panels';
import { text } from './units';

/** Values now, a row for each node. */
export function drawTable(panel: Panel, answers: Answers, box: Box): string {
  const { targets = [], transformations = [] } = panel;
  const names = Object.assign({}, ...transformations.map(({ options }) => options.renameByName ?? {}));
  const columns = targets.map(({ refId, expr }) => ({
    name: String(names[`Value #${refId}`] ?? refId),
    found: answers.found[expr] ?? [],
  }));
  const nodes = [...new Set(columns.flatMap(({ found }) => found.map(({ labels }) => labels.node ?? '')))].sort();
  // As wide as their names, and some more for all of them.
  const widths = columns.map(({ name }) => 6 * name.length);
  const more = (box.width - 80 - widths.reduce((sum, width) => sum + width, 0)) / columns.length;
  const right = (column: number) =>
    66 + widths.slice(0, column + 1).reduce((sum, width) => sum + width, 0) + more * (column + 1);
  const cell = (x: number, y: number, end: boolean, colour: string, content: string) =>
    `<text x="${x.toFixed(0)}" y="${y}"${end ? ' text-anchor="end"' : ''} style="font-size:12px;font-family:sans-serif" fill="${colour}">${content}</text>`;
  const none = panel.fieldConfig?.defaults.noValue ?? '';
  const head = ['node', ...columns.map(({ name }) => name)];
  const rows = nodes.map((node, row) => {
    const y = 50 + row * 26;
    const cells = columns.map(({ name, found }, column) => {
      const value = last(found.find(({ labels }) => labels.node === node)?.values ?? []);
      return cell(
        right(column),
        y,
        true,
        colourOf(value, stepsOf(panel, name)),
        Number.isNaN(value) ? none : text(value, propertyOf(panel, name, 'unit')),
      );
    });
    const line = `<path d="M8 ${y - 17.5}H${box.width - 8}" stroke="${PALE}"/>`;
    return [line, cell(14, y, false, INK, node), ...cells].join('');
  });
  const titles = head.map((name, i) => cell(i === 0 ? 14 : right(i - 1), 22, i > 0, GREY, name));
  return `<svg width="${box.width}" height="${box.height}">${titles.join('')}${rows.join('')}</svg>`;
}
