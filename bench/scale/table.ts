/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A number with as many digits as anybody reads: three, and commas between thousands. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const fixed = value >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(Math.min(digits, 3))));
  return fixed.replace(/\B(?=(\d{3})+$)/g, fixed.includes('.') ? '' : ',');
}

/** A share in percent. */
export function percent(share: number): string {
  return `${share > 0 && share < 0.01 ? '<1' : figure(Math.round(share * 100))} %`;
}
