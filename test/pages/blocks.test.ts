import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCKS, type Block, blocksIn, isCommands, isOutput, ROOT, STAGES, type Stage } from './blocks';

const COMMANDS = BLOCKS.filter(isCommands);
const OUTPUTS = BLOCKS.filter(isOutput);
/** What docs/status.md says of blocks. */
const told = (of: string) =>
  readFileSync(join(ROOT, 'docs/status.md'), 'utf8')
    .split('\n')
    .find((line) => line.includes(`blocks of ${of}: `));
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
    const counts = `${COMMANDS.length} blocks of commands: tests run ${count('here')} in a copy of the clone, ${count('package')} in a project with the package and ${count('cluster')} on a cluster; ${not} are marked with the reason why none does`;
    expect(told('commands')).toContain(counts);
  });
});

describe('a block of output', () => {
  const compared = (stage: Stage) => OUTPUTS.filter(({ output }) => output === stage).length;

  it('says where it is compared with what a command prints, or why it is not', () => {
    const unmarked = OUTPUTS.filter(
      ({ output, notCompared }) =>
        !STAGES.some((stage) => stage === output) && !/^(?!TODO).{25,}$/.test(notCompared ?? ''),
    );
    // Put one of these on the line before the fence: <!-- output: here --> or cluster, or <!-- not compared: the reason -->.
    expect(unmarked.map(place)).toEqual([]);
  });

  it('is counted in docs/status.md', () => {
    const not = OUTPUTS.filter(({ notCompared }) => notCompared !== undefined).length;
    expect(told('output')).toContain(
      `${OUTPUTS.length} blocks of output: tests compare ${compared('here')} in the unit tests and ${compared('cluster')} on a cluster; ${not} are marked with the reason`,
    );
  });
});

describe('a mark', () => {
  it('stands before a block of commands', () => {
    const astray = BLOCKS.filter((block) => !isCommands(block) && (block.run ?? block.notRun) !== undefined);
    expect(astray.map(place)).toEqual([]);
  });

  it('of output stands before a block of output', () => {
    const astray = BLOCKS.filter((block) => !isOutput(block) && (block.output ?? block.notCompared) !== undefined);
    expect(astray.map(place)).toEqual([]);
  });

  it('is read on the line before the fence, and nowhere else', () => {
    const page =
      '<!-- run: here -->\n```sh\na\n```\n<!-- run: here -->\n\n```sh\nb\n```\n  <!-- not run: needs c -->\n  ```sh\n  c\n  ```\n<!-- output: here -->\n```\nd\n```\n';
    expect(blocksIn(page, 'page.md')).toEqual([
      { page: 'page.md', line: 2, language: 'sh', text: 'a\n', run: 'here' },
      { page: 'page.md', line: 7, language: 'sh', text: 'b\n' },
      { page: 'page.md', line: 11, language: 'sh', text: 'c\n', notRun: 'needs c' },
      { page: 'page.md', line: 15, language: '', text: 'd\n', output: 'here' },
    ]);
  });
});
