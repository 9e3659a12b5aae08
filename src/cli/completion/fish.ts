import type { CompletedOption, Level, OptionValue } from './levels';

/** The script for fish. */
export function fishScript(levels: readonly Level[]): string {
  const paths = levels.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  return `# Completion of secure-mirror for fish, by: secure-mirror completion fish | source
function __secure_mirror_at
    set -l level ''
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        switch "$level $word"
            case ${paths.join(' ')}
                set level "$level $word"
            case '*'
                break
        end
    end
    test "$level" = "$argv[1]"
end
complete -c secure-mirror -f
${levels.flatMap(completions).join('\n')}
`;
}

function completions({ path, words, options, takesPath }: Level): string[] {
  const begin = `complete -c secure-mirror -n ${quoted(`__secure_mirror_at ${quoted(path)}`)}`;
  return [
    ...(takesPath ? [`${begin} -F`] : []),
    ...words.map(({ word, description }) => `${begin} -a ${word} -d ${quoted(description)}`),
    ...options.map(
      (option) =>
        `${begin} ${[...spellings(option), ...argument(option.value)].join(' ')} -d ${quoted(option.description)}`,
    ),
  ];
}

function spellings({ flags }: CompletedOption): string[] {
  return flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
}

function argument(value: OptionValue): string[] {
  if (typeof value !== 'string') return ['-x', '-a', quoted(value.join(' '))];
  return { nothing: [], path: ['-r', '-F'], text: ['-x'] }[value];
}

/** A word as fish takes it, where a backslash in quotes escapes. */
function quoted(word: string): string {
  return `'${word.replace(/[\\']/g, '\\$&')}'`;
}
