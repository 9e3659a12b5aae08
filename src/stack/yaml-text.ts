import { Yaml } from 'cdk8s';

/** Texts that YAML takes for nothing else, and that need no quotes. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$)[a-z]\w*(?:[./:-]+\w+)*$/i;
/** Texts of several lines that are a block as they are. */
const BLOCK = /^[!-~][\t\n -~]*[!-~]\n?$/;
/** A text that cdk8s wrote is kept, up to so many. */
const KEPT = 8192;
/** So is a text of several lines, such as the scripts in every cluster; these are long. */
const KEPT_BLOCKS = 256;

/**
 * Objects as cdk8s writes them into a file, byte for byte: it takes most of the time of synth to find out for each text, again and
 * again, whether YAML needs quotes.
 *
 * @param objects plain values, as `Chart.toJson` returns them
 */
export function yamlText(objects: unknown[]): string {
  const parts: string[] = [];
  for (const object of objects) {
    if (parts.length > 0) parts.push('---\n');
    block(object, '', parts);
    parts.push('\n');
  }
  // Once for all: a text for each level is copied as often as there are levels.
  return parts.join('');
}

/** A value that begins on a line of its own. */
function block(value: unknown, indent: string, parts: string[]): void {
  if (isEmpty(value)) {
    parts.push(scalar(value, indent));
    return;
  }
  const inside = `${indent}  `;
  let before = '';
  for (const [key, item] of Object.entries(value as object)) {
    if (Array.isArray(value)) {
      parts.push(before, '- ');
      block(item, inside, parts);
    } else {
      parts.push(before, keyText(key), ':');
      member(item, inside, parts);
    }
    before = `\n${indent}`;
  }
}

/** The value of a key. */
function member(value: unknown, indent: string, parts: string[]): void {
  parts.push(isEmpty(value) ? ' ' : `\n${indent}`);
  block(value, indent, parts);
}

function isEmpty(value: unknown): value is string | number | boolean | null | undefined {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  if (typeof value !== 'string')
    return Number.isSafeInteger(value) || typeof value === 'boolean' ? `${value}` : written(value);
  if (PLAIN.test(value)) return value;
  if (!value.includes('\n')) return kept(texts, value, written);
  const known = blocks.get(indent) ?? new Map<string, string>();
  blocks.set(indent, known);
  return kept(known, value, (value) => ownLines(value, indent), KEPT_BLOCKS);
}

/** A text of several lines. */
function ownLines(text: string, indent: string): string {
  if (!BLOCK.test(text)) return written(text).replace(/\n(?=[^\n])/g, `\n${indent.slice(2)}`);
  return text.endsWith('\n') ? `|${lines(text.slice(0, -1), indent)}` : `|-${lines(text, indent)}`;
}

function lines(text: string, indent: string): string {
  return `\n${text}`.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

const texts = new Map<string, string>();
const keys = new Map<string, string>();
/** By their indents. */
const blocks = new Map<string, Map<string, string>>();

function keyText(key: string): string {
  return PLAIN.test(key) ? key : kept(keys, key, (key) => Yaml.stringify({ [key]: 0 }).slice(0, -': 0\n'.length));
}

/** A value as cdk8s writes it for a key. */
function written(value: unknown): string {
  return Yaml.stringify({ k: value }).slice('k: '.length, -1);
}

function kept(texts: Map<string, string>, text: string, write: (text: string) => string, most = KEPT): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= most) texts.clear();
  const made = write(text);
  texts.set(text, made);
  return made;
}
