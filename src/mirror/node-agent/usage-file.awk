# The file `usage`: what the next measurement must know, an empty line, and metrics for the agent's report.

BEGIN { file = ENVIRON["MIRROR_STATUS_FOLDER"] "/usage" }

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
