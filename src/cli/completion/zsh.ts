import { quoted } from '../../kubernetes/quoted';
import { choicesIn, type Level, valuesIn } from './levels';

/** The script for zsh: a file of a folder in fpath, or text to source. */
export function zshScript(levels: readonly Level[]): string {
  return `#compdef secure-mirror
# Completion of secure-mirror for zsh, after compinit by: source <(secure-mirror completion zsh)
_secure-mirror() {
  local level='' word previous=$words[CURRENT-1]
  local -a described
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$level $word" in
      (${pattern(levels.flatMap(({ path }) => (path === '' ? [] : [path])))}) level="$level $word" ;;
      (*) break ;;
    esac
  done
  if compset -P 1 '--*='; then previous=\${IPREFIX%=}; fi
  case "$level $previous" in
    (${pattern(valuesIn(levels, 'path'))}) _files ;;
    (${pattern(valuesIn(levels, 'text'))}) _message value ;;
${choicesIn(levels)
  .map(({ options, words }) => `    (${pattern(options)}) compadd -- ${words.join(' ')} ;;`)
  .join('\n')}
    (*)
      case $level in
${levels.map((level) => `        ('${level.path}') described=(\n${described(level)}\n          )${level.takesPath ? '\n          _files' : ''} ;;`).join('\n')}
      esac
      _describe 'command or option' described ;;
  esac
}
if [[ $funcstack[1] == _secure-mirror ]]; then
  _secure-mirror "$@"
else
  compdef _secure-mirror secure-mirror
fi
`;
}

function described({ words, options }: Level): string {
  const all = [...words, ...options.flatMap(({ flags, description }) => flags.map((word) => ({ word, description })))];
  return all.map(({ word, description }) => `          ${quoted(`${word}:${description}`)}`).join('\n');
}

function pattern(values: readonly string[]): string {
  return values.map(quoted).join('|');
}
