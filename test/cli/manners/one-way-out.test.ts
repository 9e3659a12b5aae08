import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './launch';

const SOURCES = [
  'src/main.ts',
  ...below('src/cli'),
  ...below('src/stack'),
  ...below('src/tokens'),
  ...below('src/mirror'),
];

function below(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

/** The files with a pattern. */
function having(pattern: RegExp): string[] {
  return SOURCES.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8'))).sort();
}

describe('what the command prints and starts', () => {
  it('is a message by one function, progress, or what a login says', () => {
    expect(having(/console[.](error|warn|log|info)/)).toEqual(['src/cli/shared/messages.ts']);
    expect(having(/process[.]stderr[.]write/)).toEqual([
      'src/cli/kubectl/kubectl-process.ts',
      'src/cli/program.ts',
      'src/cli/shared/progress.ts',
    ]);
  });

  it('is a result by one function, or a help', () => {
    expect(having(/process[.]stdout[.]write/)).toEqual(['src/cli/program.ts', 'src/cli/shared/output.ts']);
  });

  it('runs where all programs end together, and no process.exit cuts a clean-up short', () => {
    const starting = /import [^;]*\b(spawn|spawnSync|exec|execSync|execFile|fork)\b[^;]*'node:child_process'/;
    expect(having(starting)).toEqual(['src/cli/shared/program-process.ts']);
    expect(having(/process[.]exit\(/)).toEqual([]);
  });
});
