import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** The pages that people read, of this clone. */
export const PAGES = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((page) => /^((README|CONTRIBUTING|SECURITY)|docs\/.*|examples\/[^/]+\/README)\.md$/.test(page));

/** Where the commands of a block run: the unit tests, the tests of the package, the tests on a cluster. */
export const STAGES = ['here', 'package', 'cluster'] as const;
export type Stage = (typeof STAGES)[number];

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** The line of its fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Where it runs: `<!-- run: cluster -->` before the fence. */
  readonly run?: string;
  /** Why it does not: `<!-- not run: needs Docker Hub -->` before the fence. */
  readonly notRun?: string;
  /** Where what it shows is compared with what a command prints: `<!-- output: cluster -->` before the fence. */
  readonly output?: string;
  /** Why it is not: `<!-- not compared: … -->` before the fence. */
  readonly notCompared?: string;
}

/** The blocks of a page's text, in their order. */
export function blocksIn(text: string, page: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', language = ''] = /^(\s*)```(\w*)$/.exec(lines[at] ?? '') ?? [undefined];
    if (!/^\s*```/.test(lines[at] ?? '')) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === '```');
    const marked = (name: string) => new RegExp(`^\\s*<!-- ${name}: (.*) -->$`).exec(lines[at - 1] ?? '')?.[1];
    blocks.push({
      page,
      line: at + 1,
      language,
      text: lines
        .slice(at + 1, end)
        .map((line) => `${line.replace(indent, '')}\n`)
        .join(''),
      run: marked('run'),
      notRun: marked('not run'),
      output: marked('output'),
      notCompared: marked('not compared'),
    });
    at = end;
  }
  return blocks;
}

/** All blocks of all pages. */
export const BLOCKS = PAGES.flatMap((page) => blocksIn(readFileSync(join(ROOT, page), 'utf8'), page));

/** A block to type into a shell. */
export const isCommands = ({ language }: Block) => ['sh', 'bash', 'shell', 'console'].includes(language);

/** A block that shows what a command prints. */
export const isOutput = ({ language }: Block) => ['', 'json'].includes(language);

/** The blocks of commands that run in a stage, by page. */
export function runIn(stage: Stage): [page: string, blocks: Block[]][] {
  const blocks = BLOCKS.filter((block) => isCommands(block) && block.run === stage);
  return [...new Set(blocks.map(({ page }) => page))].map((page) => [page, blocks.filter((one) => one.page === page)]);
}
