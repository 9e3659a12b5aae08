# How facts are printed, and how files of the node are reached.

# fact WORD FIELD...: a line: the word, and each field as : and base64.
fact() {
  local line=$1 field
  for field in "${@:2}"; do line+=" :$(printf %s "$field" | base64 -w0)"; done
  printf '%s\n' "$line"
}

# on_node VARIABLE PATH: where PATH of the node is in this container. Links are followed as the node would.
on_node() {
  local rest=$2 reached='' part target links=0
  while rest=${rest#"${rest%%[!/]*}"} && [[ -n $rest ]]; do
    part=${rest%%/*}
    rest=${rest#"$part"}
    case $part in
      .) ;;
      ..) reached=${reached%/*} ;;
      *)
        if [[ -L $PROBE_ROOT$reached/$part ]]; then
          ((++links <= 40)) && target=$(readlink -- "$PROBE_ROOT$reached/$part") || return 1
          [[ $target != /* ]] || reached=''
          rest=$target$rest
        else reached+=/$part
        fi
        ;;
    esac
  done
  printf -v "$1" %s "$PROBE_ROOT$reached"
}
