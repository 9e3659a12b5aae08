# The proxy's counters, from its answer, by name in `counter`. Alone, for a rotation, it prints two sums, or fails:
#   awk -v old=REGEX -v refused=REGEX -f counters.awk from=proxy ANSWER
# What is not understood counts as unknown, never as nothing.

BEGIN { proxy_answer = "" }

from == "proxy" { proxy_answer = proxy_answer $0 "\n"; next }

END {
  proxy_known = read_proxy(proxy_answer)
  if (old != "") {
    if (!proxy_known) exit 1
    print sum(old), sum(refused)
  }
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
