import type { Spread } from '../statistics';

/** A table of Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** A ratio and its spread. */
export function ratioText(ratio: Spread | undefined): string {
  return ratio === undefined ? 'not measured' : `**${two(ratio.median)}** (${two(ratio.min)}–${two(ratio.max)})`;
}

/** A number with two places, if there is one. */
export function two(value: number | null | undefined): string {
  return value?.toFixed(2) ?? '–';
}
