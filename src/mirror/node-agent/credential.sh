# shellcheck shell=bash disable=SC2034,SC2154
# User names and passwords out of mounted Secrets. A generation is one user name with one password. No program is given
# a secret but on its standard input.

declare -A version valid trouble user password revoke # by credential: what its Secret holds, and if that is of use
declare -A newest                                     # by credential: generation of what its Secret held last
declare -A login header hash                          # by credential and generation, as doors and requests want them

# unfit NAME USER PASSWORD: with the reason in `trouble`.
unfit() {
  local name='the user name of the credential' tail=$'[\x80-\xbf]'
  local utf8=$'^([\x01-\x7f]|[\xc2-\xdf]T|\xe0[\xa0-\xbf]T|[\xe1-\xec\xee\xef]TT|\xed[\x80-\x9f]T'
  utf8+=$'|\xf0[\x90-\xbf]TT|[\xf1-\xf3]TTT|\xf4[\x80-\x8f]TT)*$'
  trouble[$1]=''
  if [[ -z $2 || -z $3 ]]; then
    trouble[$1]='the user name or the password is empty'
  elif [[ $2 == *:* ]]; then
    trouble[$1]="$name holds a colon, which basic authentication cannot carry"
  elif [[ $2 == '#'* ]]; then
    trouble[$1]="$name begins with #, which the proxy takes for a comment"
  elif [[ $2 == *[[:cntrl:]]* ]]; then
    trouble[$1]="$name holds a control character"
  elif [[ ! $2 =~ ${utf8//T/$tail} ]]; then
    trouble[$1]="$name is not UTF-8"
  elif ((${#2} + ${#3} > 4096)); then
    trouble[$1]='it is longer than 4096 bytes'
  fi
  [[ -n ${trouble[$1]} ]]
}

# read_credential NAME MOUNT: what its Secret holds, all from one version. What is of no use changes nothing but `valid`.
read_credential() {
  local folder='' who secret order=''
  data_folder "$2"
  [[ -z $folder || $folder != "${version[$1]-}" ]] || return 0
  version[$1]='' valid[$1]=0
  if [[ ! -f $folder/username || ! -f $folder/password ]]; then
    trouble[$1]='the Secret holds no username and password'
    return
  fi
  if ! { slurp "$folder/username" && who=$text && slurp "$folder/password" && secret=$text; }; then
    trouble[$1]='it cannot be read, or holds a NUL'
    return
  fi
  ! slurp "$folder/drop-old" || order=${text%$'\n'}
  who=${who%$'\n'} secret=${secret%$'\n'}
  trouble[$1]='it could not be read at once'
  [[ $2/..data -ef $folder ]] || return 0
  if unfit "$1" "$who" "$secret"; then
    version[$1]=$folder
    return
  fi
  user[$1]=$who password[$1]=$secret trouble[$1]='its generation could not be named'
  name_generation "$1" || return 0
  version[$1]=$folder valid[$1]=1 trouble[$1]='' revoke[$1]=''
  case $order in
    now) revoke[$1]=yes ;;
    ?*) say "drop-old $1" 'the file drop-old says something else than now, and means nothing' ;;
  esac
}

# encode TEXT: as base64, in `encoded`.
encode() {
  encoded=$(printf %s "$1" | base64 -w0) && [[ -n $encoded ]]
}

# name_generation NAME: its tag in `newest`. A known one keeps its tag, a new one is made ready for use.
name_generation() {
  local name=$1 tag encoded
  for tag in ${tags[$name]-}; do
    encode "${user[$name]}.$tag:${password[$name]}" || return 1
    if [[ $encoded == "${header[$name $tag]}" ]]; then
      newest[$name]=$tag
      return
    fi
  done
  stretch "${#user[$name]}:${user[$name]}:${password[$name]}" || return 1
  encode "${user[$name]}.$tag:${password[$name]}" || return 1
  header[$name $tag]=$encoded login[$name $tag]=${user[$name]}.$tag
  sha1 "${password[$name]}" || return 1
  hash[$name $tag]="{SHA}$encoded" newest[$name]=$tag
}

# stretch TEXT: its tag. All see that, so it must not help to guess a weak password: each guess costs a long hash.
stretch() {
  local unit=$1 i
  [[ -n $preparing ]] || : >"$MIRROR_STATUS_FOLDER/alive" # this may take long on a busy node
  while ((${#unit} < 1048576)); do unit+=$unit; done
  tag=$(for ((i = 0; i < MIRROR_STRETCH; i++)); do printf %s "$unit"; done | sha256sum) || return 1
  tag=${tag:0:8}
  [[ $tag =~ ^[0-9a-f]{8}$ ]]
}

# sha1 TEXT: as base64, in `encoded`.
sha1() {
  local hex bytes='' i
  hex=$(printf %s "$1" | sha1sum) || return 1
  for ((i = 0; i < 40; i += 2)); do bytes+=\\x${hex:i:2}; done
  encoded=$(printf %b "$bytes" | base64 -w0) && [[ ${#encoded} == 28 ]]
}
