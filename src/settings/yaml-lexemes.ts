import { Lexer } from 'yaml';

/** A piece of a text as YAML's grammar cuts it, and where it begins. */
export interface Lexeme {
  readonly source: string;
  readonly offset: number;
  readonly kind: 'plain' | 'quoted' | 'block' | 'other';
}

/** Marks that the lexer puts between pieces, and that are no part of the text. */
const PLAIN_MARK = '\u001f';
const MARKS = new Set(['\u0002', '\u0018', PLAIN_MARK]);

/**
 * Cuts a text into pieces, however broken it is. A file of thousands of clusters has millions, so it gives one after the other.
 *
 * @param text the text
 */
export function* lexemesOf(text: string): Generator<Lexeme> {
  let offset = 0;
  let isPlain = false;
  let isBlock = false;
  for (const source of new Lexer().lex(text)) {
    if (MARKS.has(source)) {
      isPlain = source === PLAIN_MARK;
      continue;
    }
    const marked = isBlock ? 'block' : 'plain';
    yield { source, offset, kind: isPlain ? marked : /^["']/.test(source) ? 'quoted' : 'other' };
    // The lexer marks the content of a block as it marks a plain text: it is the first marked piece after the block's head.
    isBlock = !isPlain && (isBlock || /^[|>][-+0-9]*$/.test(source));
    offset += source.length;
    isPlain = false;
  }
}

/** Whether a quoted text has its second quote: the lexer ends it there at the latest. */
export function isClosed(source: string): boolean {
  const escapes = source[0] === '"' ? (/(\\*)"$/.exec(source)?.[1]?.length ?? 1) : 0;
  const quotes = source[0] === "'" ? source.split("'").length - 1 : 0;
  return source.length > 1 && source.at(-1) === source[0] && escapes % 2 === 0 && quotes % 2 === 0;
}
