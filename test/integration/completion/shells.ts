import { spawnSync } from 'node:child_process';

/** A shell that loads a script of completion from a file. */
export interface Shell {
  readonly name: 'bash' | 'zsh' | 'fish';
  /** All words that may end a line. */
  readonly candidates: (file: string, folder: string, lines: readonly string[]) => string[][];
}

/** Prints the words of the command, each in angle brackets: the command's stand-in. */
const PRINTS = `secure-mirror() { printf '<%s>' "$@"; echo; }`;

/** Types lines at a shell in a terminal, as somebody who types ahead; in a line, a key completes. */
function typed(command: string, folder: string, lines: readonly string[]): string {
  const { status, stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    input: [...lines, 'exit 0', ''].join('\n'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8' },
  });
  expect(status).toBe(0);
  return stdout;
}

/** What the command's stand-in printed: a terminal has it behind the codes that end the line before. */
function outputs(text: string): string[] {
  const lines = text.split(/\r*\n/).map((line) => line.slice(line.indexOf('<')));
  return lines.filter((line) => /^<.*>$/.test(line));
}

/** The words behind the last one of each line, as the command's stand-in printed them. */
function printed(text: string, lines: readonly string[]): string[][] {
  const found = outputs(text);
  expect(found).toHaveLength(lines.length);
  return found.map((line, index) => {
    const words = [...line.matchAll(/<([^>]*)>/g)].map(([, word = '']) => word);
    const before = (lines[index] ?? '').trimEnd().split(' ');
    const whole = (lines[index] ?? '').endsWith(' ') ? before.length : before.length - 1;
    return words.slice(whole).filter((word) => word !== '');
  });
}

/** bash, zsh and fish. In bash and zsh, all candidates are inserted into a line, and the line runs. */
export const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    candidates: (file, folder, lines) => {
      const all = lines.map((line) => `secure-mirror ${line}\x1b*`);
      return printed(typed('bash --norc --noprofile -i', folder, [`source ${file}`, PRINTS, ...all]), lines);
    },
  },
  {
    name: 'zsh',
    candidates: (file, folder, lines) => {
      const setup = [
        'autoload -Uz compinit; compinit -D',
        `source ${file}`,
        'zle -C all-matches complete-word _generic; bindkey "^T" all-matches',
        'zstyle ":completion:all-matches::::" completer _all_matches _complete',
        'zstyle ":completion:all-matches:*" insert yes',
        PRINTS,
      ];
      const all = lines.map((line) => `secure-mirror ${line}\x14`);
      return printed(typed('zsh -f -i', folder, [...setup, ...all]), lines);
    },
  },
  {
    name: 'fish',
    candidates: (file, folder, lines) =>
      lines.map((line) => {
        const command = `source ${file}; complete -C 'secure-mirror ${line}'`;
        const env = { PATH: process.env.PATH, HOME: folder };
        const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', command], {
          cwd: folder,
          env,
          encoding: 'utf8',
        });
        expect(stderr).toBe('');
        return stdout.split('\n').flatMap((found) => found.split('\t')[0] || []);
      }),
  },
];

/** What somebody gets who presses the key of completion once behind each piece, and then starts the command. */
export function pressed(
  shell: 'bash' | 'zsh',
  file: string,
  folder: string,
  command: string,
  pieces: readonly string[],
): string {
  const start = { bash: 'bash --norc --noprofile -i', zsh: 'zsh -f -i' }[shell];
  const setup = shell === 'zsh' ? ['autoload -Uz compinit; compinit -D'] : [];
  const text = typed(start, folder, [
    ...setup,
    `source ${file}`,
    `source ${file}`,
    PRINTS,
    `${command} ${pieces.join('\t')}\t`,
  ]);
  return outputs(text).join('\n');
}
