# containerd's own default for config_path is a list of two folders. Where containerd takes the list for one path, links lead from
# there to the settings: `etc` in the folder <first>: to a folder of ours in memory, and `docker` in that to the first's parent.

list=${MIRROR_LIST_FOLDER-} own_list=$MIRROR_STATE_FOLDER/.default-list # that folder, where the agent links it
list_linked='' # 1 or 0 once that is known

# link_list: what others have in its place stays.
link_list() {
  list_linked=${list:+1}
  [[ -n $list && ! $list/etc/docker/certs.d -ef $MIRROR_HOSTS_FOLDER ]] || return 0
  [[ -d $own_list ]] || mkdir -- "$own_list"
  [[ -L $own_list/docker ]] || ln -sT -- "${MIRROR_HOSTS_FOLDER%/*}" "$own_list/docker"
  [[ -e $list/etc || -L $list/etc ]] || ln -sT -- "$own_list" "$list/etc"
  if [[ $list/etc/docker/certs.d -ef $MIRROR_HOSTS_FOLDER ]]; then tell list "linked $MIRROR_HOSTS_FOLDER:/etc"
  else
    list_linked=0
    say list "containerd's default list does not lead to the settings: look at $MIRROR_HOSTS_FOLDER:/etc"
  fi
}

unlink_list() {
  [[ -z $list || $(readlink -- "$list/etc") != "$own_list" ]] || rm -f -- "$list/etc"
  rm -rf -- "$own_list"
}
