import { Lexer } from 'yaml';

/** A piece of a text as YAML's grammar cuts it, and where it begins. */
export interface Lexeme {
  readonly source: string;
  readonly offset: number;
  readonly kind: 'plain' | 'quoted' | 'block' | 'other';
}

/** Marks that the lexer puts between pieces, and that are no part of the text. */
const MARKS = { document: '\u0002', flowError: '\u0018', plain: '\u001f' };

/**
 * Cuts a text into pieces, however broken it is.
 *
 * @param text the text
 */
export function lexemesOf(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  let offset = 0;
  let isPlain = false;
  let isBlock = false;
  for (const source of new Lexer().lex(text)) {
    if (Object.values(MARKS).includes(source)) {
      isPlain = source === MARKS.plain;
      continue;
    }
    const marked = isBlock ? 'block' : 'plain';
    found.push({ source, offset, kind: isPlain ? marked : /^["']/.test(source) ? 'quoted' : 'other' });
    // The lexer marks the content of a block as it marks a plain text: it is the first marked piece after the block's head.
    isBlock = !isPlain && (isBlock || /^[|>][-+0-9]*$/.test(source));
    offset += source.length;
    isPlain = false;
  }
  return found;
}

/** Whether a quoted text has its second quote: the lexer ends it there at the latest. */
export function isClosed(source: string): boolean {
  const escapes = source[0] === '"' ? (/(\\*)"$/.exec(source)?.[1]?.length ?? 1) : 0;
  const quotes = source[0] === "'" ? source.split("'").length - 1 : 0;
  return source.length > 1 && source.at(-1) === source[0] && escapes % 2 === 0 && quotes % 2 === 0;
}
