import { spawn } from 'node:child_process';
import type { Block } from './blocks';

/** What the commands of a page find, which the reader has by then. */
export interface Given {
  /** Commands before those of the page. */
  readonly first?: string;
  /** Commands after those of the page: they fail unless all is as the page says. */
  readonly last?: string;
  /** What takes the place of a text of the page that means something else for each reader. */
  readonly instead?: { readonly [text: string]: string };
}

/**
 * The commands of blocks as one script, which ends at the first that fails: what is typed in one block, such as `export`, is there in the
 * next one. Of `a && b` bash would pass over a failed `a`, so each gets a line of its own.
 */
export function scriptOf(blocks: readonly Block[], { first = '', last = '', instead = {} }: Given = {}): string {
  const texts = blocks.map(({ page, line, text }) => {
    let typed = text.replaceAll(' && ', '\n');
    for (const [one, other] of Object.entries(instead)) typed = typed.replaceAll(one, other);
    return `echo '== ${page}:${line}' >&2\n${typed}`;
  });
  return ['set -euo pipefail', first, ...texts, last].join('\n');
}

/** Text that a block of a page has, but no run of it used. */
export function unused(blocks: readonly Block[], { instead = {} }: Given): string[] {
  return Object.keys(instead).filter((text) => !blocks.some((block) => block.text.includes(text)));
}

/** What a script came to: all that it wrote, in its order. */
export interface Typed {
  readonly code: number;
  readonly output: string;
}

/** Types a script into bash. */
export function type(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Typed> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}
