# What the mirror is used for: compares what arrived on the node with what containerd asked the proxy for, and writes it as metrics. For
# mawk, with the other files, in this order:
#   awk -v now=EPOCH -v uptime=SECONDS -v begin=MARK -f counters.awk -f arrivals.awk -f usage-file.awk -f usage.awk \
#     from=proxy ANSWER from=spegel ANSWER

BEGIN { longest_pull = 1800 } # seconds: after it no layer arrives of a pull that began earlier

END {
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
