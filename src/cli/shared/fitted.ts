/** Columns of a help, whatever the terminal. */
export const HELP_WIDTH = 80;
/** How far the rest of a command is indented. */
const HANGING = '    ';
/** A word of a shell with what it quotes, and the option before it. */
const WORD = /(?:-{1,2}[-\w]+ (?![-|<>&;]))?(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/**
 * A help within 80 columns, however long the command is spelled in it: paragraphs are broken at words, and an example after a word with a
 * backslash at the end of the line; its comment goes on a line of its own.
 *
 * @param text the help; a line of an example begins with two blanks
 */
export function fitted(text: string): string {
  const parts = text.split(/((?:^\S.*\n?)+)/m);
  return parts.map((part) => (/^\S/.test(part) ? paragraph(part) : lines(part))).join('');
}

function paragraph(text: string): string {
  if (text.split('\n').every((line) => line.length <= HELP_WIDTH)) return text;
  const end = text.endsWith('\n') ? '\n' : '';
  return `${broken(text.trim().split(/\s+/), HELP_WIDTH, '').join('\n')}${end}`;
}

function lines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= HELP_WIDTH ? [line] : example(line)))
    .join('\n');
}

function example(line: string): string[] {
  const [, indent = '', command = '', comment] = /^(\s*)(.*?)(?:\s+(# .*))?$/.exec(line) ?? [];
  const words = command.match(WORD) ?? [];
  // The last word of a line has room for a blank and a backslash.
  const parts = broken(words, HELP_WIDTH - indent.length - 2, HANGING).map((part) => indent + part);
  const folded = parts.map((part, index) => (index < parts.length - 1 ? `${part} \\` : part));
  return comment === undefined ? folded : [`${indent}${comment}`, ...folded];
}

/** Words in lines of some width; each but the first begins with blanks. */
function broken(words: string[], width: number, hanging: string): string[] {
  const all: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      all.push(line);
      line = hanging + word;
    } else {
      line = longer;
    }
  }
  return [...all, line];
}
