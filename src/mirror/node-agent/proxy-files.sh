# Dynamic files of credentials: who may come in, and what the proxy sends to peers. All of them exist with every method, as
# the proxy turns a listener down that names a missing one.

rendered=''      # what the files were made of
authorization='' # value of the header that is presented

# list_users VARIABLE NAME: all accepted versions of a credential. Scrapers send the user name as the Secret has it, and
# the proxy takes one password for each name: theirs is the newest.
list_users() {
  local version name list='' order=${accepted[$2]-}
  printf -v "$1" ''
  [[ -n $order ]] || return 0
  [[ $2 == credential ]] || order="${target[$2]} $order"
  for version in $order; do
    name=${login[$2 $version]}
    [[ $2 == credential ]] || name=${name%.*}
    [[ $'\n'$list == *$'\n'"$name:{SHA}"* ]] || list+="$name:${hash[$2 $version]}"$'\n'
  done
  encode "$1" "$list"
}

# write_credentials: in this order, so that what is presented is accepted.
write_credentials() {
  local key file version users scrapers value='' encoded older=''
  [[ -z ${active[credential]-} ]] || value="Basic ${header[credential ${active[credential]}]}"
  key="$value|${target[credential]-} ${accepted[credential]-}|${accepted[metrics]-}"
  for file in users old metrics-users injected; do [[ -e $MIRROR_PROXY_FOLDER/$file.json ]] || rendered=''; done
  [[ $key != "$rendered" ]] || return 0
  for version in ${accepted[credential]-}; do
    [[ $version == "${target[credential]}" ]] || older+=${older:+,}${contract[old-version]//@VERSION@/"$version"}
  done
  list_users users credential && list_users scrapers metrics && encode encoded "${value:-none}" &&
    write_dynamic_file users @USERS@ "$users" && write_dynamic_file old @OLD_VERSIONS@ "$older" &&
    write_dynamic_file metrics-users @USERS@ "$scrapers" && write_dynamic_file injected @CREDENTIAL@ "$encoded" &&
    rendered=$key authorization=$value
}
