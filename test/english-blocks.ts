/** A piece of text in which sentences may go on over several lines. */
export interface Block {
  readonly text: string;
  /** The line, counted from 1, on which a character of the text stands. */
  lineAt(index: number): number;
}

interface Piece {
  readonly line: number;
  readonly text: string;
}

/** One block of pieces that follow each other. */
function blockOf(pieces: Piece[]): Block {
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += piece.text;
  }
  const lineAt = (index: number) => pieces[starts.filter((start) => start <= index).length - 1]?.line ?? 0;
  return { text, lineAt };
}

/** Code within a sentence says nothing about its English; a letter stands in for it. */
const withoutCode = (text: string) =>
  text
    .replace(/`[^`]*`/g, 'X')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<[^>\s]*>/g, ' ')
    .replace(/[*[\]]/g, '')
    .replace(/ +/g, ' ')
    .trim();

function markdown(lines: string[]): Block[] {
  const blocks: Piece[][] = [[]];
  let fenced = false;
  lines.forEach((raw, index) => {
    const piece = (text: string) => ({ line: index + 1, text });
    if (/^\s*```/.test(raw)) {
      fenced = !fenced;
      blocks.push([]);
    } else if (fenced) {
      blocks.push([piece(raw.replace(/^.*?(?=#|\/\/)/, '').trim())]);
    } else if (/^\s*$|^\s*\|?[-| ]+$/.test(raw)) {
      blocks.push([]);
    } else if (raw.startsWith('|')) {
      for (const cell of withCells(raw)) blocks.push([piece(withoutCode(cell))]);
      blocks.push([]);
    } else if (raw.startsWith('#')) {
      blocks.push([piece(`${withoutCode(raw.replace(/^#+ /, ''))}:`)], []);
    } else {
      if (/^\s*([-*+]|\d+[.])\s/.test(raw)) blocks.push([]);
      blocks.at(-1)?.push(piece(raw.replace(/^\s*([-*+]|\d+[.])\s+/, '').trim()));
    }
  });
  return blocks.map((pieces) => {
    const block = blockOf(pieces.map(({ line, text }) => ({ line, text: withoutCode(text) })));
    return block;
  });
}

const withCells = (row: string) => row.replace(/\\\|/g, '/').split('|').slice(1, -1);

const COMMENT = /^\s*(?:\/\*\*?|\*\/?|\/\/|#)(?!!)\s?/;

/** Comments, each as a block; all other lines are blocks of their own, with a message that is cut in two in one. */
function code(lines: string[]): Block[] {
  const blocks: Piece[][] = [[]];
  let goesOn: 'comment' | 'message' | undefined;
  lines.forEach((raw, index) => {
    const comment = COMMENT.test(raw);
    const message = goesOn === 'message' && /^\s*['"`]/.test(raw);
    const text = comment
      ? raw
          .replace(COMMENT, '')
          .replace(/\*\/\s*$/, '')
          .trim()
      : raw.trim();
    const starts = comment && /^(@|$|-)/.test(text);
    if (!message && (!comment || goesOn !== 'comment' || starts)) blocks.push([]);
    const kept = comment
      ? withoutCode(text.replace(/^@\w+( [a-z]\w*)?/, ''))
      : text.replace(/^['"`]|['"`] \+$/g, '').trim();
    if (kept !== '') blocks.at(-1)?.push({ line: index + 1, text: kept });
    goesOn = comment ? 'comment' : /['"`] \+$/.test(raw) ? 'message' : undefined;
  });
  return blocks.map(blockOf);
}

/**
 * The blocks of a text.
 *
 * @param text the text
 * @param file its name: Markdown is read as such, everything else as code with comments and messages
 */
export function blocksOf(text: string, file: string): Block[] {
  const lines = text.split('\n');
  return (file.endsWith('.md') ? markdown(lines) : code(lines)).filter((block) => block.text !== '');
}
