# User names and passwords from mounted Secrets. A version is one user name with one password. No program gets a secret
# but on its standard input.

declare -A mounted valid trouble user password revoke # by credential: what its Secret holds, and if that is of use
declare -A newest                                     # by credential: version that its Secret held last
declare -A login header hash                          # by credential and version: user name, request header, password's hash

# unfit NAME USER PASSWORD: with the reason in `trouble`.
unfit() {
  local name='the user name of the credential' tail=$'[\x80-\xbf]'
  local utf8=$'^([\x01-\x7f]|[\xc2-\xdf]T|\xe0[\xa0-\xbf]T|[\xe1-\xec\xee\xef]TT|\xed[\x80-\x9f]T'
  utf8+=$'|\xf0[\x90-\xbf]TT|[\xf1-\xf3]TTT|\xf4[\x80-\x8f]TT)*$'
  trouble[$1]=''
  if [[ -z $2 || -z $3 ]]; then trouble[$1]='the user name or the password is empty'
  elif [[ $2 == *:* ]]; then trouble[$1]="$name holds a colon, which basic authentication cannot carry"
  elif [[ $2 == '#'* ]]; then trouble[$1]="$name begins with #, which the proxy takes for a comment"
  elif [[ $2 == *[[:cntrl:]]* ]]; then trouble[$1]="$name holds a control character"
  elif [[ ! $2 =~ ${utf8//T/$tail} ]]; then trouble[$1]="$name is not UTF-8"
  elif ((${#2} + ${#3} > 4096)); then trouble[$1]='it is longer than 4096 bytes'
  fi
  [[ -n ${trouble[$1]} ]]
}

# read_credential NAME MOUNT: what its Secret holds, all from one version of the mount. A useless one only changes `valid`.
read_credential() {
  local folder='' name secret order
  find_mounted folder "$2"
  [[ -z $folder || $folder != "${mounted[$1]-}" ]] || return 0
  mounted[$1]='' valid[$1]=0
  if [[ ! -f $folder/username || ! -f $folder/password ]]; then
    trouble[$1]='the Secret holds no username and password'
    return
  fi
  if ! { slurp name "$folder/username" && slurp secret "$folder/password"; }; then
    trouble[$1]='it cannot be read, or holds a NUL'
    return
  fi
  slurp order "$folder/drop-old" || order=''
  name=${name%$'\n'} secret=${secret%$'\n'} order=${order%$'\n'}
  trouble[$1]='it could not be read at once'
  [[ $2/..data -ef $folder ]] || return 0
  if unfit "$1" "$name" "$secret"; then
    mounted[$1]=$folder
    return
  fi
  user[$1]=$name password[$1]=$secret trouble[$1]='its version could not be named'
  name_version "$1" || return 0
  mounted[$1]=$folder valid[$1]=1 trouble[$1]='' revoke[$1]=''
  case $order in
    now) revoke[$1]=yes ;;
    ?*) say "drop-old $1" 'the file drop-old says something else than now, and means nothing' ;;
  esac
}

# name_version NAME: in `newest`. A known one keeps its name, a new one is made ready for use.
name_version() {
  local version encoded
  for version in ${accepted[$1]-}; do
    encode encoded "${user[$1]}.$version:${password[$1]}" || return 1
    if [[ $encoded == "${header[$1 $version]}" ]]; then
      newest[$1]=$version
      return
    fi
  done
  derive_version version "${#user[$1]}:${user[$1]}:${password[$1]}" || return 1
  encode encoded "${user[$1]}.$version:${password[$1]}" || return 1
  header[$1 $version]=$encoded login[$1 $version]=${user[$1]}.$version
  sha1 encoded "${password[$1]}" || return 1
  hash[$1 $version]="{SHA}$encoded" newest[$1]=$version
}

# derive_version VARIABLE TEXT: all see it, so it must not help to guess a weak password: each guess costs a long hash.
derive_version() {
  local unit=$2 sum i
  [[ -n $preparing ]] || : >"$alive_file" # this may take long on a busy node
  while ((${#unit} < 1048576)); do unit+=$unit; done
  sum=$(for ((i = 0; i < MIRROR_STRETCH; i++)); do printf %s "$unit"; done | sha256sum) || return 1
  printf -v "$1" %s "${sum:0:8}"
  [[ ${sum:0:8} =~ ^[0-9a-f]{8}$ ]]
}

# sha1 VARIABLE TEXT: as base64.
sha1() {
  local hex bytes='' sum i
  hex=$(printf %s "$2" | sha1sum) || return 1
  for ((i = 0; i < 40; i += 2)); do bytes+=\\x${hex:i:2}; done
  sum=$(printf %b "$bytes" | base64 -w0) && [[ ${#sum} == 28 ]] && printf -v "$1" %s "$sum"
}
