import { printText } from './output';

/**
 * Rows as columns of equal width.
 *
 * @param head names of the columns
 * @param rows their cells
 */
export function table(head: string[], rows: string[][]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Prints lines, without control characters: a text from the cluster may try to steer the terminal. */
export function print(lines: string[]): void {
  printText(`${lines.map(harmless).join('\n')}\n`);
}

/** A line without control characters. */
export function harmless(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression looks for them
  return line.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, '?');
}

/** A value for a program, as lines. */
export function asJson(value: object): string[] {
  return JSON.stringify(value, null, 2).split('\n');
}

/** Names in a sentence: all of a few, the first of many. */
export function names(all: string[]): string {
  const some = all.length > 8 ? [...all.slice(0, 8), `${all.length - 8} more`] : all;
  return some.join(', ');
}

/** A day, as written everywhere. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
