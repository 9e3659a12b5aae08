import { notTried, type Row } from '../row';

/**
 * A row that the command does not try.
 *
 * @param name its id
 * @param title who attacks
 * @param why why it is not tried, and what covers it instead
 */
function untried(name: string, title: string, why: string): Row {
  const row = { name, title, tries: `nothing: ${why}`, expected: '', locks: [] };
  return { ...row, run: async () => [notTried(row, 'note', why)] };
}

/** Rows that need what a restricted pod has not: a key, a client of libp2p, or a false image. */
export const compromisedNode = untried(
  'T6',
  'a compromised node acts as a peer',
  'it would need the key of a peer, and the command reads no key; docs/security.md says what such a node can do',
);

export const falseRecord = untried(
  'T10',
  'content is announced under an address of somebody else',
  'it would need a client of libp2p; T9 tries the port where it begins',
);

export const knownLayer = untried(
  'T14',
  "a tenant fetches another's layer by its digest",
  'everybody who knows the digest of a layer and can make a manifest with it gets the layer: docs/security.md',
);

export const tokenRights = untried(
  'T19',
  'the holder of a pull token pushes',
  'the registry decides: `secure-mirror tokens verify` asks it',
);

export const directPath = untried(
  'T24',
  'the entry is led to an address of somebody else',
  "it would need content of the attacker's on a node; the cluster tests of this project try it",
);
