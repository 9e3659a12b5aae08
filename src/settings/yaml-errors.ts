import type { ErrorCode } from 'yaml';

/** A message for each of the parser's codes. */
export type YamlErrors = Readonly<Record<ErrorCode, string>>;

/** What is wrong with the YAML of a file, by the parser's codes. The parser's own words may quote the file, so they are not used. */
export const yamlErrors: YamlErrors = {
  ALIAS_PROPS: 'an alias (*name) takes no anchor and no tag',
  BAD_ALIAS: 'an alias (*name) needs an anchor (&name) before it',
  BAD_COLLECTION_TYPE: 'this tag does not fit what it stands before',
  BAD_DIRECTIVE: 'this directive is not known: leave it out',
  BAD_DQ_ESCAPE: 'in double quotes \\ begins an escape that is not known: write \\\\, or use single quotes',
  BAD_INDENT:
    "the indentation does not fit: the items of a list, each with '- ', and the keys of a mapping begin in the same column",
  BAD_PROP_ORDER: 'an anchor or a tag stands before its value, on the same line',
  BAD_SCALAR_START: 'a text that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY:
    "a mapping cannot begin on this line: put it on the next one, indented, or put a text with ': ' in quotes",
  BLOCK_IN_FLOW: 'between { } and [ ] use the short form only: {key: value} and [item, item]',
  DUPLICATE_KEY: 'this key is here twice: keep one',
  IMPOSSIBLE: 'this is no YAML',
  KEY_OVER_1024_CHARS: 'a key has at most 1,024 characters',
  MISSING_CHAR: "a character is missing: a closing quote or bracket, a ',' or a ':'",
  MULTILINE_IMPLICIT_KEY: "a key stands on one line, with ':' and a blank after it",
  MULTIPLE_ANCHORS: 'a value has at most one anchor (&name)',
  MULTIPLE_DOCS: 'a second document begins here: put everything into the first, and leave the line --- out',
  MULTIPLE_TAGS: 'a value has at most one tag',
  NON_STRING_KEY: 'a key is a text',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
  TAB_AS_INDENT: 'indentation is made of blanks, not tabs',
  TAG_RESOLVE_FAILED: 'tags (!name) are not allowed here: leave it out',
  UNEXPECTED_TOKEN: "this does not fit here: look for a missing quote, '- ' or ':' and for wrong indentation",
};
