import type { YAMLError } from 'yaml';
import type { TextMistake } from './text-mistake';
import type { YamlErrors } from './yaml-errors';
import { isClosed, type Lexeme, lexemesOf } from './yaml-lexemes';

/** Characters that look like a blank, or like nothing, and are part of a text for YAML. */
const STRANGE = '[\\u00a0\\u1680\\u2000-\\u200d\\u202f\\u205f\\u2060\\u3000\\ufeff]';
const MISPLACED = new RegExp(`^${STRANGE}|${STRANGE}$|(?<=:|^-)${STRANGE}`);

/**
 * Mistakes that YAML takes for texts: characters that only look like a blank, and an item that continues the one before.
 *
 * @param text the text
 */
export function silentSlips(text: string): TextMistake[] {
  const found: TextMistake[] = [];
  for (const { source, offset, kind } of lexemesOf(text)) {
    if (kind !== 'plain') continue;
    const blank = MISPLACED.exec(source);
    const item = /\n *(?=- )/.exec(source);
    if (blank !== null) found.push(told(offset + blank.index, strangeBlank(blank[0])));
    else if (item !== null) found.push(told(offset + item.index + item[0].length, CONTINUES));
  }
  return found;
}

const CONTINUES =
  'this line is indented deeper than the item before it, so YAML reads it as a part of that item: begin it in the same column';

function strangeBlank(character: string): string {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = character === '\u00a0' ? `a no-break space (${code})` : `the character ${code}`;
  return `${name} stands here, where YAML takes only a plain blank: replace it`;
}

/**
 * A mistake in the form, told where it was made: the parser notices some of them only later.
 *
 * @param text the text
 * @param errors the parser's errors, at least one
 * @param messages messages by the parser's codes
 */
export function toldSlip(text: string, errors: YAMLError[], messages: YamlErrors): TextMistake {
  const [error] = errors as [YAMLError];
  const lexemes = [...lexemesOf(text)];
  const at = error.pos[0];
  return (
    openQuote(lexemes, at, text) ??
    (/flow/i.test(error.message) ? openBracket(lexemes, at) : undefined) ??
    deeperLine(text, errors) ??
    (/without - indicator/.test(error.message) ? told(contentFrom(text, at), messages.BAD_INDENT) : undefined) ??
    told(at, messages[error.code])
  );
}

/** A quote that has no end, or whose end is a later quote: the parser stumbles over what follows. */
function openQuote(lexemes: Lexeme[], at: number, text: string): TextMistake | undefined {
  const quoted = lexemes.filter(({ kind, offset }) => kind === 'quoted' && offset <= at);
  const open = quoted.find(({ source }) => !isClosed(source));
  const last = quoted.at(-1);
  const end = last === undefined ? 0 : last.offset + last.source.length;
  const swallows = last?.source.includes('\n') && !text.slice(end, at).includes('\n') ? last : undefined;
  const found = open ?? swallows;
  if (found === undefined) return undefined;
  return told(
    found.offset,
    `the quote ${found.source[0]} that begins here is not closed on this line: put one at its end`,
  );
}

function openBracket(lexemes: Lexeme[], at: number): TextMistake | undefined {
  const open: Lexeme[] = [];
  for (const lexeme of lexemes.filter(({ kind, offset }) => kind === 'other' && offset < at)) {
    if ('[{'.includes(lexeme.source)) open.push(lexeme);
    else if (']}'.includes(lexeme.source)) open.pop();
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  return told(
    last.offset,
    `the ${last.source} that begins here has no end: close it with ${last.source === '[' ? ']' : '}'}`,
  );
}

/** A key on a line that YAML reads as more of the value before it. */
function deeperLine(text: string, errors: YAMLError[]): TextMistake | undefined {
  const key = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === errors[0]?.pos[0]);
  if (key === undefined) return undefined;
  const [start, end] = key.pos;
  if (/^[-\w]+:[^\s/]/.test(text.slice(start, end))) {
    return told(start + text.slice(start).indexOf(':'), "after the ':' of a key a blank is missing");
  }
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start);
  if (!/: +$/.test(line)) return undefined;
  const column = (/^ *(?:- +)*/.exec(line)?.[0].length ?? 0) + 1;
  const message =
    'this line is indented deeper than the key before it, which has its value already, so YAML reads it as a part of that value: ' +
    `begin it in column ${column}`;
  return told(contentFrom(text, text.indexOf('\n', start) + 1), message);
}

/** Where the first character that is no blank stands. */
function contentFrom(text: string, offset: number): number {
  return offset + text.slice(offset).search(/[^ ]|$/);
}

function told(offset: number, message: string): TextMistake {
  return { offset, path: [], message };
}
