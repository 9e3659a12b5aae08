# How facts are printed, and how files of the node are place.

# fact WORD FIELD...: a line: the word, and each field as : and base64.
fact() {
  local line=$1 field
  for field in "${@:2}"; do line+=" :$(printf %s "$field" | base64 -w0)"; done
  printf '%s\n' "$line"
}

# on_node VARIABLE PATH: where PATH of the node is in this container. Links are followed as the node would.
on_node() {
  local rest=$2 place='' part target links=0
  while rest=${rest#"${rest%%[!/]*}"} && [[ -n $rest ]]; do
    part=${rest%%/*}
    rest=${rest#"$part"}
    case $part in
      .) ;;
      ..) place=${place%/*} ;;
      *)
        if [[ -L $PROBE_ROOT$place/$part ]]; then
          ((++links <= 40)) && target=$(readlink -- "$PROBE_ROOT$place/$part") || return 1
          [[ $target != /* ]] || place=''
          rest=$target$rest
        else place+=/$part
        fi
        ;;
    esac
  done
  printf -v "$1" %s "$PROBE_ROOT$place"
}
