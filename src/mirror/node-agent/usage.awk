# What the mirror is used for: reads the proxy's counters, Spegel's metrics and the node's content store, and writes the file
# `usage` with what the next run must know, an empty line, and metrics for the agent's report. For mawk.
#   awk -v now=EPOCH -v uptime=SECONDS -v begin=MARK -f usage.awk from=proxy ANSWER from=spegel ANSWER
#   awk -v old=REGEX -v refused=REGEX -f usage.awk from=proxy ANSWER   prints the two sums for a rotation, or fails
# What is not understood counts as unknown, never as nothing.

BEGIN {
  longest_pull = 1800 # seconds: after it no layer arrives of a pull that began earlier
  settling = 3        # seconds that a file of the content store may take until its time is the one of its arrival
  stalled = 300       # seconds without a byte of a layer after which containerd gives a pull up
  manifest = 1048576  # bytes: JSON of an image is shorter
  proxy_answer = ""
}

from == "proxy" { proxy_answer = proxy_answer $0 "\n"; next }

{ read_spegel($0) }

END {
  proxy_known = read_proxy(proxy_answer)
  if (old != "") {
    if (!proxy_known) exit 1
    print sum(old), sum(refused)
    exit
  }
  file = ENVIRON["MIRROR_STATUS_FOLDER"] "/usage"
  read_contract()
  count = split(ENVIRON["MIRROR_REGISTRIES"], registries, " ")
  for (i = 1; i <= count; i++) listed[registries[i]] = 1
  load()
  read_folders()
  if (proxy_known && (contract["other-requests"] in counter) && read_content()) {
    add_up()
    for (i = 1; i <= count; i++) judge(registries[i])
  } else known = 0
  save()
}

# read_proxy TEXT: Envoy's counters into `counter`, by name. Whether the answer is whole.
function read_proxy(text,    parts, n, i, stat, at) {
  sub(/\n+$/, "", text)
  at = index(text, "{\"stats\":[")
  if (text !~ /^HTTP\/1[.][01] 200/ || !at || text !~ /[]][}]$/) return 0
  n = split(substr(text, at + 10), parts, /[}]/)
  for (i = 1; i < n - 1; i++) {
    stat = parts[i]
    if (stat !~ /^,?[{]"name":"[^"]*","value":[0-9]+$/) return 0
    sub(/^,?[{]"name":"/, "", stat)
    at = index(stat, "\",\"value\":")
    # Beyond that a number is not exact.
    if (length(stat) - at - 9 > 15) return 0
    counter[substr(stat, 1, at - 1)] = substr(stat, at + 10) + 0
  }
  return parts[n - 1] == "]"
}

function sum(regex,    name, all) {
  all = 0
  for (name in counter) if (name ~ regex) all += counter[name]
  return sprintf("%.0f", all)
}

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

# read_contract: metric names and counter names.
function read_contract(    line, at) {
  while ((getline line < ENVIRON["MIRROR_CONTRACT"]) > 0) {
    at = index(line, "=")
    contract[substr(line, 1, at - 1)] = substr(line, at + 1)
  }
}

# load: what the last run knew, if it came to its end. `was` has single values, `before` counters of the proxy, `total` sums,
# `advertised_before` what Spegel advertised, `window` what is known of a registry.
function load(    line, parts, end) {
  while ((getline line < file) > 0 && line != "") {
    split(line, parts, " ")
    if (parts[1] == "was") was[parts[2]] = parts[3]
    else if (parts[1] == "folders") was["folders"] = line
    else if (parts[1] == "before") before[parts[2]] = parts[3] + 0
    else if (parts[1] == "total") total[parts[2]] = parts[3] + 0
    else if (parts[1] == "advertised") advertised_before[parts[2]] = parts[3] + 0
    else if (parts[1] == "window") window[parts[2], parts[3]] = parts[4]
  }
  while ((getline line < file) > 0) end = line
  close(file)
  shown = end == "# EOF" && "mark" in was
  if (end == "# EOF") return
  split("", was); split("", before); split("", total); split("", advertised_before); split("", window)
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

# since_last NAME: how much a counter of the proxy grew. All begin anew with the proxy.
function since_last(name) {
  return counter[name] - (restarted ? 0 : before[name])
}

# add_up: bytes and requests. What the entry delivered arrives in the content store after it; what arrives besides is from the
# origin. Bytes of pulls that failed never arrive, and are forgotten.
function add_up(    delivered, i, name, used) {
  # The answer itself counts here, so that a proxy without any other request is known by it.
  name = contract["answers"]
  restarted = counter[name] <= before[name]
  for (name in before) if (counter[name] < before[name]) restarted = 1
  for (i = 1; i <= count; i++) {
    asked[registries[i]] = since_last(requests_of(registries[i]))
    total["requests:" registries[i]] += asked[registries[i]]
  }
  total["peer"] += since_last(contract["peer-bytes"])
  total["served"] += since_last(contract["served-bytes"])
  delivered = since_last(contract["entry-bytes"])
  if (delivered > 0) was["delivered"] = uptime
  else if (uptime - was["delivered"] >= longest_pull) total["expected"] = 0
  if (comparable) total["expected"] += delivered
  used = total["expected"] < arrived ? total["expected"] : arrived
  total["expected"] -= used
  total["origin"] += arrived - used
  for (name in counter) before[name] = counter[name]
  # Whether this run and the last one can be compared. The kernel's time of a start may differ by a second from one look to the next.
  known = spegel_good && spegel_whole && started > 0
  for (name in advertised_before) if (!(name in advertised)) known = 0
  same = started - was["started"] < 2 && was["started"] - started < 2
  steady = known && was["known"] == 1 && same && started <= was["now"] && comparable && was["now"] <= now && !restarted
}

function requests_of(registry) {
  return registry == "_default" ? contract["other-requests"] : contract["requests-before"] registry contract["requests-after"]
}

# has_folder REGISTRY: by its name, or with a port, which no label of content shows.
function has_folder(registry) {
  return index(folders " ", " " registry " ") || index(folders, " " registry ":") || index(folders, " " registry "_")
}

# growth REGISTRY: how much more content of it Spegel advertises than at the last run. _default reaches what has no folder.
function growth(registry,    name, all) {
  if (registry != "_default") return more(registry)
  for (name in advertised) if (!(name in listed) && !has_folder(name)) all += more(name)
  return all + 0
}

function more(registry,    grown) {
  if (!(registry in advertised)) return 0
  grown = advertised[registry] - advertised_before[registry]
  return grown > 0 ? grown : 0
}

# judge REGISTRY: whether pulls go past the mirror. Spegel advertises more content of the registry, and its settings name the
# mirror, yet containerd asked the mirror for nothing. A pull asks at its beginning, and layers arrive until its end, so that
# says something only when nobody asked for the time of the longest pull, or of the download that still runs from then, and
#  - for as long the settings have been there,
#  - or manifests have arrived since, which are the first of a pull: what Spegel advertises more than layers arrived.
# Nothing is known while Spegel may still count what was there, so all must have been as it is at the last run too.
function judge(registry,    grown, since, files, layers) {
  if (!(registry in published)) {
    delete window[registry, "since"]
    delete window[registry, "asked"]
    delete window[registry, "bypassed"]
    return
  }
  window[registry, "bypassed"] += 0
  if (asked[registry] > 0) {
    window[registry, "asked"] = uptime
    conclude(registry, 0)
  }
  else if (is_running_since(window[registry, "asked"])) window[registry, "asked"] = uptime
  since = window[registry, "since"]
  if (!steady || published[registry] > was["now"] || (registry == "_default" && folders != was["folders"])) since = ""
  else if (since == "") {
    since = uptime
    window[registry, "grown"] = 0
    window[registry, "files"] = total["files"]
    window[registry, "layers"] = total["layers"]
  } else {
    if (is_running_since(since)) since = uptime
    grown = growth(registry)
    window[registry, "grown"] += grown
    files = total["files"] + young_files - window[registry, "files"]
    layers = total["layers"] + young_layers - window[registry, "layers"]
    if (window[registry, "grown"] > files) since = "" # Spegel counted what was there
    else if (grown > 0 && is_long_ago(window[registry, "asked"]) && (is_long_ago(since) || window[registry, "grown"] > layers)) conclude(registry, 1)
  }
  window[registry, "since"] = since
}

# is_running_since TIME: a download that began before it.
function is_running_since(time) {
  return time != "" && begun != "" && begun <= time
}

function is_long_ago(time) {
  return time == "" || uptime - time >= longest_pull
}

# conclude REGISTRY BYPASSED: into the log when it changes.
function conclude(registry, bypassed) {
  if (window[registry, "bypassed"] == bypassed) return
  window[registry, "bypassed"] = bypassed
  if (bypassed) say("pulls from " registry " go past the mirror: content arrived, and containerd asked the mirror for nothing")
  else say("pulls from " registry " come to the mirror again")
}

function say(text) {
  print strftime("%Y-%m-%dT%H:%M:%SZ", now), text
}

function save(    name, parts, i, requests, bypassed, all) {
  for (i = 1; i <= count; i++) {
    name = registries[i]
    requests = requests sample("entryRequests", name, whole(total["requests:" name]))
    if ((name, "bypassed") in window) bypassed = bypassed sample("bypassed", name, window[name, "bypassed"])
  }
  all = total["peer"] + total["origin"]
  print "was now " now > file
  print "was known " known + 0 > file
  print "was started " sprintf("%.2f", started) > file
  if ("mark" in was) print "was mark " sprintf("%.6f", was["mark"]) > file
  print "was delivered " was["delivered"] + 0 > file
  print folders > file
  for (name in before) print "before " name " " whole(before[name]) > file
  for (name in total) print "total " name " " whole(total[name]) > file
  for (name in advertised) print "advertised " name " " whole(advertised[name]) > file
  for (name in window) {
    split(name, parts, SUBSEP)
    print "window " parts[1] " " parts[2] " " window[name] > file
  }
  print "" > file
  if ("_default" in listed) {
    show("unreachedFolders", sample("unreachedFolders", "", unreached_count))
    if (unreached_count > 0) show("unreachedFolderInfo", unreached)
  }
  if (shown) {
    show("entryRequests", requests)
    show("peerBytes", sample("peerBytes", "", whole(total["peer"])))
    show("servedBytes", sample("servedBytes", "", whole(total["served"])))
    show("originBytes", sample("originBytes", "", whole(total["origin"])))
    if (all > 0) show("hitRatio", sample("hitRatio", "", sprintf("%.4f", total["peer"] / all)))
    show("bypassed", bypassed)
  }
  print "# EOF" > file
}

function whole(number) {
  return sprintf("%.0f", number)
}

# sample METRIC LABEL VALUE: by the contract's format.
function sample(metric, label, value,    text) {
  text = contract[metric ".sample"]
  if (label != "") sub(/%s/, label, text)
  sub(/%s/, value, text)
  return text
}

function show(metric, samples,    text) {
  text = contract[metric ".comments"] samples
  gsub(/[\\]n/, "\n", text)
  printf "%s", text > file
}
