#!/usr/bin/env bash
# A kubectl for tests: answers from the files beside it as a cluster would, and notes down what it was asked.
here=${BASH_SOURCE[0]%/*}
printf '%s\0' "$@" $'\n' >>"$here/asked"

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

while IFS=$'\t' read -r asked says; do
  [[ "$*" != *"$asked"* ]] || fail "$says"
done <"$here/refusals"

while (($# > 0)); do
  case $1 in
  --namespace) namespace=$2 && shift ;;
  -o) output=$2 && shift ;;
  -l | --context) shift ;;
  -*) ;;
  get) kind=$2 && shift && { [[ $2 == -* ]] || { name=$2 && shift; }; } ;;
  exec) pod=$2 container=$4 && shift 6 && break ;;
  esac
  shift
done

if [[ -n ${pod-} ]]; then
  [[ -d $here/files/$pod/$container ]] || fail 'error: Internal error occurred: error dialing backend: connection refused'
  cd "$here/files/$pod/$container" || exit
  cat "${@//\//_}" 2>/dev/null || fail $'cat: No such file or directory\ncommand terminated with exit code 1'
  exit
fi
object=$here/objects/$namespace/$kind${name:+/$name}
[[ -d $object ]] || fail "Error from server (NotFound): $kind \"$name\" not found"
case $output in
json) cat "$object/json" ;;
jsonpath=*) cat "$object/$output" 2>/dev/null ;;
go-template=*)
  while [[ $output =~ 'index . "'([^\"]+)'"' ]]; do
    output=${output#*"${BASH_REMATCH[0]}"}
    cat "$object/data/${BASH_REMATCH[1]}" 2>/dev/null
    [[ $output != *'index . '* ]] || echo
  done
  ;;
esac
exit 0
