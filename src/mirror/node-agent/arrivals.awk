# What arrived on the node: Spegel's metrics, the settings of the registries, and the content store.

BEGIN {
  settling = 3       # seconds that a file of the content store may take until its time is the one of its arrival
  stalled = 300      # seconds without a byte of a layer after which containerd gives a pull up
  manifest = 1048576 # bytes: JSON of an image is shorter
}

from == "spegel" { read_spegel($0) }

# read_spegel LINE: how much content it advertises by registry, into `advertised`. Families come in the order of their names, so
# the last one shows that the answer is whole.
function read_spegel(line,    parts) {
  if (FNR == 1) { spegel_good = line ~ /^HTTP\/1[.][01] 200/; return }
  if (line ~ /^spegel_advertised_content_digests[{]/) {
    if (line ~ /^spegel_advertised_content_digests[{]registry="[^"]*"[}] -?[0-9.]+(e[+]?[0-9]+)?$/) {
      split(line, parts, "\"")
      advertised[parts[2]] = substr(parts[3], 3) + 0
    } else spegel_good = 0
  }
  else if (line ~ /^process_start_time_seconds [0-9.]+(e[+]?[0-9]+)?$/) started = substr(line, 28) + 0
  else if (line ~ /^spegel_mirror_last_success_timestamp_seconds [-0-9.e+]+$/) spegel_whole = 1
}

# read_folders: which registries' settings name the mirror and since when, into `published`; folders of other registries, which
# _default does not reach, as containerd asks it only for registries without a folder of their own, whatever is in that folder;
# and since when the oldest download runs, into `begun`.
function read_folders(    command, line, name, type, time, folder, all, named, names, i, text, ingest, alive, began) {
  ingest = ENVIRON["MIRROR_CONTENT_FOLDER"] "/ingest/"
  command = "ls -dgoL --time-style=+%s.%N -- \"$MIRROR_CONTENT_FOLDER/blobs/sha256\" \"$MIRROR_HOSTS_FOLDER\"/* \"$MIRROR_HOSTS_FOLDER\"/*/hosts.toml \"$MIRROR_CONTENT_FOLDER\"/ingest/*/data \"$MIRROR_CONTENT_FOLDER\"/ingest/*/startedat 2>/dev/null"
  folders = "folders"
  while ((command | getline line) > 0) {
    type = substr(line, 1, 1)
    name = line
    if (!sub(/^[^ ]+ +[0-9]+ +[0-9]+ +[0-9.]+ /, "", name)) continue
    split(line, time, " ")
    if (name == ENVIRON["MIRROR_CONTENT_FOLDER"] "/blobs/sha256") {
      changed = time[4] + 0
      continue
    }
    if (index(name, ingest) == 1) {
      if (sub(/\/data$/, "", name)) alive[name] = now - time[4] < stalled
      else if (sub(/\/startedat$/, "", name)) began[name] = uptime - (now - time[4])
      continue
    }
    folder = substr(name, length(ENVIRON["MIRROR_HOSTS_FOLDER"]) + 2)
    if (type == "d" && !(folder in listed)) {
      folders = folders " " folder
      all++
      if (length(folder) <= 128 && folder ~ /^[A-Za-z0-9._:-]+$/ && named < 20) names[++named] = folder
    }
    if (type == "-" && sub(/\/hosts[.]toml$/, "", folder) && (folder in listed) && is_ours(name)) published[folder] = time[4] + 0
  }
  close(command)
  for (name in began) if (alive[name] && (begun == "" || began[name] < begun)) begun = began[name]
  if (!("_default" in listed)) return
  for (i = 1; i <= named; i++) {
    text = text " " names[i]
    unreached = unreached sample("unreachedFolderInfo", names[i], 1)
  }
  if (all > named) text = text " and " all - named " more"
  if (folders != was["folders"]) {
    if (all > 0) say("_default does not reach registries with a folder of their own on this node:" text)
    else if (was["folders"] != "") say("_default reaches all registries: none has a folder of its own on this node any more")
  }
  unreached_count = all + 0
}

function is_ours(path,    line, ours) {
  while ((getline line < path) > 0) if (line == begin) ours = 1
  close(path)
  return ours
}

# read_content: files that came into the content store since the last run. Whether it can be read.
function read_content(    command, line, part, from, mark, complete, json) {
  mark = now - settling
  comparable = shown && was["mark"] <= mark # else the clock was put back
  from = comparable ? was["mark"] : mark
  if (!changed) return 0
  if (changed > from) {
    command = "cd \"$MIRROR_CONTENT_FOLDER/blobs/sha256\" && ls -goU --time-style=+%s.%N"
    while ((command | getline line) > 0) {
      if (line ~ /^total /) complete = 1
      if (split(line, part, " ") != 5 || part[1] !~ /^-/ || part[3] !~ /^[0-9]+$/ || part[5] !~ /^[0-9a-f]+$/) continue
      if (part[4] <= from) continue
      json = part[3] < manifest && is_json(ENVIRON["MIRROR_CONTENT_FOLDER"] "/blobs/sha256/" part[5])
      # The youngest count for now, and once more when their time is certain.
      if (part[4] <= mark) { arrived += part[3]; arrived_files++; arrived_layers += !json }
      else { young_files++; young_layers += !json }
    }
    close(command)
    if (!complete) return 0
  }
  was["mark"] = mark
  total["files"] += arrived_files
  total["layers"] += arrived_layers
  return 1
}

function is_json(path,    line) {
  if ((getline line < path) <= 0) line = ""
  close(path)
  return line ~ /^[{]/
}
