# containerd's configuration may hold credentials: nothing of it is printed but its structure and what is asked for.

# known_toml FILE [imports]: FILE as TOML without comments, in which every value is empty but the values of known keys; or the values of the
# top-level key `imports`, one a line. Fails where FILE is not understood.
known_toml() {
  mawk -v wanted="${2-}" '
    BEGIN {
      split("version imports config_path discard_unpacked_layers use_local_image_pull disable_snapshot_annotations " \
        "max_concurrent_downloads image_pull_with_sync_fs", names, " ")
      for (name in names) known[names[name]] = 1
    }
    { text = text $0 "\n" }

    function fail() { failed = 1; exit 1 }
    function starts(what) { return substr(text, at, length(what)) == what }

    # The string that begins here, with its quotes.
    function quoted(  quote, from, char) {
      from = at
      quote = substr(text, at, 1)
      if (starts(quote quote quote)) {
        for (at += 3; !starts(quote quote quote); at++) {
          if (at > size) fail()
          if (quote == "\"" && starts("\\")) at++
        }
        at += 3
        while (starts(quote)) at++ # up to two quotes may stand before the last three
      } else {
        for (at++; (char = substr(text, at, 1)) != quote; at++) {
          if (char == "\n" || at > size) fail()
          if (quote == "\"" && char == "\\") at++
        }
        at++
      }
      return substr(text, from, at - from)
    }

    function bare(  from) {
      from = at
      while (substr(text, at, 1) ~ /[A-Za-z0-9_+:.-]/) at++
      if (at == from) fail()
      return substr(text, from, at - from)
    }

    # An endpoint may be a key, with a password in it.
    function part(  name) {
      if (substr(text, at, 1) !~ /["\047]/) {
        name = bare()
        simple = name !~ /[.]/
        return name
      }
      name = quoted()
      return index(name, "@") ? "\"@" (++hidden) "\"" : name
    }

    function value_of(string) {
      if (wanted == "imports" && key == "imports" && tables == 0 && parts == 1 && nested == (kind[1] == "array")) {
        string = substr(string, 2, length(string) - 2)
        gsub(/\\\\/, "\\", string)
        print string
      }
    }

    function open(what) { kind[++nested] = what; outer[nested] = key; outer_parts[nested] = parts }
    function close_(what) {
      if (kind[nested] != what) fail()
      key = outer[nested]; parts = outer_parts[nested--]
    }

    END {
      if (failed) exit 1
      size = length(text)
      state = "key"; at = 1; parts = 0
      while (at <= size) {
        char = substr(text, at, 1)
        if (char == "#") { while (substr(text, at, 1) != "\n") at++; continue }
        if (char ~ /[ \t\r]/) { out = out char; at++; continue }
        if (char == "\n") {
          if (nested == 0) { state = "key"; parts = 0 }
          out = out char; at++; continue
        }
        if (state == "key") {
          if (char == "[" && nested == 0) { state = "table"; tables++ }
          else if (char == "=") state = "value"
          else if (char == "}") { close_("table"); state = "value" }
          else if (char == ",") parts = 0
          else if (char != ".") {
            key = part(); parts += simple ? 1 : 2; simple = 1
            out = out key
            gsub(/["\047]/, "", key); sub(/^.*[.]/, "", key)
            continue
          }
        } else if (state == "table") {
          if (char !~ /[].[]/) { out = out part(); continue }
        } else {
          if (char == "[") open("array")
          else if (char == "]") close_("array")
          else if (char == "{") { open("table"); state = "key"; parts = 0 }
          else if (char == "}") close_("table")
          else if (char == ",") { if (kind[nested] == "table") { state = "key"; parts = 0 } }
          else {
            string = char ~ /["\047]/ ? quoted() : bare()
            value_of(string)
            if (key in known || string == "true" || string == "false") out = out string
            else out = out (char ~ /["\047]/ ? "\"\"" : "0")
            continue
          }
        }
        out = out char; at++
      }
      if (nested) exit 1
      if (wanted == "") printf "%s", out
    }' "$1"
}
