import { quoted } from '../../kubernetes/quoted';
import { choicesIn, type Level, valuesIn } from './levels';

/** The script for bash 3.2 and newer. */
export function bashScript(levels: readonly Level[]): string {
  return `# Completion of secure-mirror for bash, by: source <(secure-mirror completion bash)
_secure_mirror() {
  local level='' word current=$2 previous=$3 words='' path=''
  COMPREPLY=()
  # --file=x is three words.
  if [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ $current == = ]]; then current=''; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case "$level $word" in
      ${pattern(levels.flatMap(({ path }) => (path === '' ? [] : [path])))}) level="$level $word" ;;
      *) break ;;
    esac
  done
  case "$level $previous" in
    ${pattern(valuesIn(levels, 'path'))}) path=x ;;
    ${pattern(valuesIn(levels, 'text'))}) return ;;
${choicesIn(levels)
  .map(({ options, words }) => `    ${pattern(options)}) words='${words.join(' ')}' ;;`)
  .join('\n')}
    *)
      case $level in
${levels.map(({ path, ...level }) => `        '${path}') words='${all(level).join(' ')}'${level.takesPath ? '; [[ $current == -* ]] || path=x' : ''} ;;`).join('\n')}
      esac ;;
  esac
  # shellcheck disable=SC2207
  if [[ -z $path ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -F _secure_mirror secure-mirror
`;
}

function all({ words, options }: Omit<Level, 'path'>): string[] {
  return [...words.map(({ word }) => word), ...options.flatMap(({ flags }) => flags)];
}

function pattern(values: readonly string[]): string {
  return values.map(quoted).join(' | ');
}
