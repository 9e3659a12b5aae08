/**
 * A text that Markdown shows as it is: on one line, without meaning of its own in a table's cell or a sentence.
 *
 * @param text any text
 */
export function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*[\]|~!]|(?<!\w)_|_(?!\w)/g, '\\$&');
}

/**
 * A table; its cells are texts.
 *
 * @param head names of the columns
 * @param rows their cells
 */
export function markdownTable(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/**
 * A list of facts; those without a text are left out.
 *
 * @param facts name and text of each
 */
export function markdownList(facts: [string, string | undefined][]): string[] {
  return facts.flatMap(([name, text]) => (text ? [`- **${plain(name)}**: ${plain(text)}`] : []));
}
