import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { Path } from './path';
import { YAML_OPTIONS } from './yaml-document';
import { nodeAt, startOf } from './yaml-position';

/** Keys for a mapping, with texts and mappings as values. */
export interface NewKeys {
  [key: string]: string | NewKeys;
}

/** A piece of new text, in place of another one or between two. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Where the mapping begins that it adds to: at one place the innermost comes first. */
  readonly start: number;
}

const INDENT = '  ';

/** Edits the text of a YAML file: whatever it does not edit keeps its every byte. */
export class YamlEdit {
  private readonly document: Document;
  private readonly isJson: boolean;
  private readonly eol: string;
  private readonly replaced = new Map<Scalar, Edit>();
  private readonly added = new Map<YAMLMap, NewKeys>();

  /** @param text a text without mistakes in its form */
  public constructor(private readonly text: string) {
    this.document = parseDocument(text, YAML_OPTIONS);
    this.isJson = isMap(this.document.contents) && this.document.contents.flow === true;
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** A text of the file, or a mapping; nothing where there is neither. Aliases and merges lead to what they stand for. */
  public find(path: Path): Scalar<string> | YAMLMap | undefined {
    const node = nodeAt(this.document, path);
    return isMap(node) || (isScalar<string>(node) && typeof node.value === 'string') ? node : undefined;
  }

  /** The text under a key of a mapping; nothing where it has none of its own. */
  public textIn(map: YAMLMap, key: string): Scalar<string> | undefined {
    const node = map.get(key, true);
    return isScalar<string>(node) && typeof node.value === 'string' ? node : undefined;
  }

  /** Replaces a text by another one, in its quotes if it has any. */
  public replace(scalar: Scalar<string>, text: string): void {
    const [from = 0, to = 0] = scalar.range ?? [];
    const written = this.text.slice(from, to).replace(scalar.value, () => text);
    this.replaced.set(scalar, { from, to, text: written, start: from });
  }

  /** The keys that a mapping will have beside its own: more may be put there. */
  public additions(map: YAMLMap): NewKeys {
    const known = this.added.get(map) ?? {};
    this.added.set(map, known);
    return known;
  }

  /** The text with all edits. */
  public edited(): string {
    const added = [...this.added].filter(([, keys]) => Object.keys(keys).length > 0);
    const edits = [...this.replaced.values(), ...added.map(([map, keys]) => this.addition(map, keys))];
    edits.sort((one, other) => one.from - other.from || other.start - one.start);
    let end = 0;
    const pieces = edits.map(({ from, to, text }) => {
      const piece = this.text.slice(end, from) + text;
      end = to;
      return piece;
    });
    return pieces.join('') + this.text.slice(end);
  }

  private addition(map: YAMLMap, keys: NewKeys): Edit {
    const [start = 0, end = 0] = map.range ?? [];
    const last = map.items.at(-1);
    if (last === undefined) return { from: start, to: end, text: this.flow(keys), start };
    const at = endOf(last.value ?? last.key);
    const first = startOf(map.items[0]?.key) ?? start;
    if (map.flow) {
      const between = this.isAlone(startOf(last.key) ?? 0) ? `,${this.eol}${this.indentOf(first)}` : ', ';
      const pairs = Object.entries(keys).map(([key, value]) => `${between}${this.scalar(key)}: ${this.inFlow(value)}`);
      return { from: at, to: at, text: pairs.join(''), start };
    }
    const lines = this.block(keys, this.indentOf(first));
    const isLineStart = this.text[at - 1] === '\n';
    const lineEnd = isLineStart ? at - 1 : this.text.indexOf('\n', at);
    const from = lineEnd < 0 ? this.text.length : lineEnd + 1;
    const text = lines.map((line) => (lineEnd < 0 ? this.eol + line : line + this.eol)).join('');
    return { from, to: from, text, start };
  }

  /** Blanks up to the column of a place. */
  private indentOf(offset: number): string {
    return ' '.repeat(offset - this.lineOf(offset));
  }

  /** Whether nothing is before a place in its line. */
  private isAlone(offset: number): boolean {
    return this.text.slice(this.lineOf(offset), offset).trim() === '' && this.lineOf(offset) > 0;
  }

  private lineOf(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  private block(keys: NewKeys, indent: string): string[] {
    return Object.entries(keys).flatMap(([key, value]) => {
      const begun = `${indent}${this.scalar(key)}:`;
      return typeof value === 'string'
        ? [`${begun} ${this.scalar(value)}`]
        : [begun, ...this.block(value, indent + INDENT)];
    });
  }

  private inFlow(value: string | NewKeys): string {
    return typeof value === 'string' ? this.scalar(value) : this.flow(value);
  }

  private flow(keys: NewKeys): string {
    const pairs = Object.entries(keys).map(([key, value]) => `${this.scalar(key)}: ${this.inFlow(value)}`);
    return `{ ${pairs.join(', ')} }`;
  }

  private scalar(text: string): string {
    return this.isJson ? JSON.stringify(text) : stringify(text, { ...YAML_OPTIONS, lineWidth: 0 }).trimEnd();
  }
}

/** Where the last part of a value ends that is no comment. */
function endOf(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1);
    if (last !== undefined) return endOf(isPair(last) ? (last.value ?? last.key) : last);
  }
  return (isNode(node) ? node.range?.[1] : undefined) ?? 0;
}
