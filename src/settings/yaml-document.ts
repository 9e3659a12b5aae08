import { type Document, isMap, isSeq, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { Path } from './path';
import type { TextMistake } from './text-mistake';
import { type YamlErrors, yamlErrors } from './yaml-errors';
import { keyOf, offsetOf, startOf } from './yaml-position';
import { silentSlips, toldSlip } from './yaml-slips';

/** What is wrong with aliases that cannot be resolved together. */
export const BAD_ALIASES =
  'the aliases (*name) of this file lead into themselves, to something that cannot be merged, or are too many';

/** A file of thousands of mappings may merge one anchor into each; aliases of aliases count as often as they multiply. */
const MOST_ALIASES = 50_000;

/** How files are parsed: as YAML 1.2, without tags of its own. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: true,
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** A YAML file, read. */
export interface YamlDocument {
  /** What it says; undefined where its form is too broken to read any key. */
  readonly value: unknown;
  /** Mistakes in its form. */
  readonly mistakes: TextMistake[];
  /** Where in the text a value is, or its key, or else what is nearest around it. */
  offsetOf(path: Path, atKey: boolean): number;
  /** Line and column of a place in the text, from 1. */
  lineOf(offset: number): { readonly line: number; readonly column: number };
}

/**
 * Reads YAML 1.2, without tags of its own. After a mistake in the form nobody can trust the rest, so it reports the first only.
 *
 * @param text the text
 * @param own messages that say more about this kind of file than the general ones
 */
export function readYaml(text: string, own: Partial<YamlErrors> = {}): YamlDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter });
  const silent = silentSlips(text);
  const found =
    document.errors.length > 0 ? [toldSlip(text, document.errors, { ...yamlErrors, ...own })] : strayAliases(document);
  const broken = silent.length > 0 ? silent : found;
  const mistakes = [...document.warnings.map(told), ...repeatedKeys(document.contents, [])];
  return {
    ...(broken.length > 0 ? { value: undefined, mistakes: broken } : resolvedValue(document, mistakes)),
    offsetOf: (path, atKey) => offsetOf(document, path, atKey),
    lineOf: (offset) => {
      const { line, col } = lineCounter.linePos(offset);
      return { line, column: col };
    },
  };
}

function told({ pos, code }: YAMLError): TextMistake {
  return { offset: pos[0], path: [], message: yamlErrors[code] };
}

function resolvedValue(document: Document, mistakes: TextMistake[]): Pick<YamlDocument, 'value' | 'mistakes'> {
  try {
    return { value: withoutCycles(document.toJS({ maxAliasCount: MOST_ALIASES })), mistakes };
  } catch {
    return { value: undefined, mistakes: [{ offset: 0, path: [], message: BAD_ALIASES }] };
  }
}

/** Aliases of anchors that are not before them. */
function strayAliases(document: Document): TextMistake[] {
  const found: TextMistake[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      found.push({ offset: startOf(alias) ?? 0, path: [], message: yamlErrors.BAD_ALIAS });
    },
  });
  return found;
}

/** The same value, unless it contains itself. */
function withoutCycles(value: unknown): unknown {
  JSON.stringify(value);
  return value;
}

/** Keys that a mapping has twice. */
function repeatedKeys(node: unknown, path: Path): TextMistake[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => repeatedKeys(item, [...path, index]));
  if (!isMap(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap((pair) => {
    const key = keyOf(pair);
    const here = [...path, key];
    const twice = seen.has(key) && key !== '<<';
    seen.add(key);
    const own = twice ? [{ offset: startOf(pair.key) ?? 0, path: here, message: yamlErrors.DUPLICATE_KEY }] : [];
    return [...own, ...repeatedKeys(pair.value, here)];
  });
}
