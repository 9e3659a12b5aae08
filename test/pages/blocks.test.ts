import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCKS, type Block, blocksIn, isCommands, ROOT, STAGES, type Stage } from './blocks';

const COMMANDS = BLOCKS.filter(isCommands);
const place = ({ page, line }: Block) => `${page}:${line}`;
const count = (run: Stage) => COMMANDS.filter((block) => block.run === run).length;

describe('a block of commands', () => {
  it('says where it runs, or why it does not', () => {
    const unmarked = COMMANDS.filter(({ run, notRun }) => !STAGES.some((stage) => stage === run) && !notRun);
    // Put one of these on the line before the fence: <!-- run: here -->, package or cluster, or <!-- not run: the reason -->.
    expect(unmarked.map(place)).toEqual([]);
  });

  it('has a reason that says what it needs, or which test does the same', () => {
    const reasons = COMMANDS.flatMap((block) => (block.notRun === undefined ? [] : [[place(block), block.notRun]]));
    expect(reasons.filter(([, reason = '']) => !/^(?!TODO).{25,}$/.test(reason))).toEqual([]);
  });

  it('has a language: what has none is output', () => {
    const typed = /^\s*(\$ |(kubectl|npm|npx|secure-mirror|helm|git|curl|mkdir|docker|pulumi|openssl|go) [a-z-])/m;
    const others = BLOCKS.filter((block) => !isCommands(block) && !['yaml', 'ts'].includes(block.language));
    // The column of fixes has commands of its own.
    expect(others.filter(({ text }) => typed.test(text.replace(/^ +.*$/gm, ''))).map(place)).toEqual([]);
  });

  it('is counted in docs/status.md', () => {
    const not = COMMANDS.filter(({ notRun }) => notRun !== undefined).length;
    const told = `${COMMANDS.length} blocks of commands: tests run ${count('here')} in a copy of the clone, ${count('package')} in a project with the package and ${count('cluster')} on a cluster; ${not} are marked with the reason why none does`;
    expect(readFileSync(join(ROOT, 'docs/status.md'), 'utf8')).toContain(told);
  });
});

describe('a mark', () => {
  it('stands before a block of commands', () => {
    const astray = BLOCKS.filter((block) => !isCommands(block) && (block.run ?? block.notRun) !== undefined);
    expect(astray.map(place)).toEqual([]);
  });

  it('is read on the line before the fence, and nowhere else', () => {
    const page =
      '<!-- run: here -->\n```sh\na\n```\n<!-- run: here -->\n\n```sh\nb\n```\n  <!-- not run: needs c -->\n  ```sh\n  c\n  ```\n';
    expect(blocksIn(page, 'page.md')).toEqual([
      { page: 'page.md', line: 2, language: 'sh', text: 'a\n', run: 'here' },
      { page: 'page.md', line: 7, language: 'sh', text: 'b\n' },
      { page: 'page.md', line: 11, language: 'sh', text: 'c\n', notRun: 'needs c' },
    ]);
  });
});
