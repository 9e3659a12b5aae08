import { inNode, SETTINGS } from './nodes';

/** An answer of a node's entry. */
export interface EntryAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
}

/**
 * Asks a node's entry once, with the identity of its containerd and what else its settings say.
 *
 * @param node the node
 * @param registry whose settings are read
 * @param path what is asked for
 * @param options options of curl
 */
export async function askEntryOnce(
  node: string,
  registry: string,
  path: string,
  ...options: string[]
): Promise<EntryAnswer> {
  const script = `block=$(sed -n '/^# secured-mirror begin/,/^# secured-mirror end/p' "$1")
    value() { sed -n "s/^ *$1 = \\"\\(.*\\)\\"$/\\1/p" <<<"$block"; }
    host=$(sed -n 's/^\\[host[.]"\\(.*\\)"\\]$/\\1/p' <<<"$block")
    curl -sS -m 20 -D - -o /dev/null --cacert "$(value ca)" --cert "$(value client)" "\${@:3}" "$host$2"`;
  const file = `${SETTINGS}/${registry}/hosts.toml`;
  const head = await inNode(node, 'bash', '-c', script, 'ask', file, path, ...options);
  return { status: Number(/^HTTP\/1.1 (\d{3})/.exec(head)?.[1] ?? 0), head };
}
