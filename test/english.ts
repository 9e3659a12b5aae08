import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Block, blocksOf } from './english-blocks';
import { CLAUSE, hasClauseAsSubject, PATTERNS } from './english-patterns';

const ROOT = resolve(__dirname, '..');

/** A place where a pattern was found. */
export interface Hit {
  readonly file: string;
  readonly line: number;
  readonly pattern: string;
  readonly text: string;
  readonly better: string;
}

function hitsIn(block: Block, file: string): Hit[] {
  const hit = (at: number, text: string, { name, better }: { name: string; better: string }): Hit => ({
    file,
    line: block.lineAt(at),
    pattern: name,
    text,
    better,
  });
  const around = (at: number, length: number) => block.text.slice(Math.max(0, at - 30), at + length + 30).trim();
  const found = PATTERNS.flatMap((pattern) =>
    [...block.text.matchAll(pattern.match)].map((match) =>
      hit(match.index, around(match.index, match[0].length), pattern),
    ),
  );
  const sentences = [...block.text.matchAll(/(?<=^|[.;:!?] )(?=\S).*?(?:[.;:!?](?= |$)|$)/g)];
  const clauses = sentences.filter(([sentence]) => hasClauseAsSubject(sentence));
  return [...found, ...clauses.map((match) => hit(match.index, match[0], CLAUSE))];
}

/**
 * Every pattern in a text.
 *
 * @param text the text
 * @param file its name, which says how the text is read
 */
export function hits(text: string, file: string): Hit[] {
  return blocksOf(text, file)
    .flatMap((block) => hitsIn(block, file))
    .sort((one, other) => one.line - other.line);
}

/** The texts below a path of the project that people write. */
export function textsBelow(path: string): string[] {
  const full = join(ROOT, path);
  if (!existsSync(full)) throw new Error(`${path} does not exist`);
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(ROOT, join(full, name)))
    .filter((name) => /[.](md|ts|sh|yaml|py)$/.test(name) && !/node_modules|[.]generated[.]/.test(name))
    .sort();
}

/** Every pattern in the files below paths of the project. */
export function hitsBelow(paths: readonly string[]): Hit[] {
  const files = [...new Set(paths.flatMap(textsBelow))];
  return files.flatMap((file) => hits(readFileSync(join(ROOT, file), 'utf8'), file));
}

/** A hit as a line for people. */
export function line({ file, line, pattern, text, better }: Hit): string {
  return `${file}:${line}: ${pattern}: ${text}\n    better: ${better}`;
}

// As a program: node -r ./src/swc-register.cjs test/english.ts src examples
if (require.main === module) {
  const found = hitsBelow(process.argv.slice(2));
  for (const hit of found) console.log(line(hit));
  const counts = new Map<string, number>();
  for (const { file } of found) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  for (const [folder, count] of counts) console.log(`${String(count).padStart(5)} ${folder}`);
  console.log(`${String(found.length).padStart(5)} in all`);
}
