/** A challenge of WWW-Authenticate (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** By name in lower case; the first value of a name wins. */
  readonly parameters: ReadonlyMap<string, string>;
}

const GAP = /[\s,]*/y;
const WORD = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const IS = /\s*=\s*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const TOKEN68 = /[ \t]+[-A-Za-z0-9._~+/]+=*(?=[ \t]*(?:,|$))/y;

/**
 * The challenges of a header, in their order. Anything behind a malformed part is left out.
 *
 * @param header its value; several headers are joined by commas
 */
export function challengesOf(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let offset = 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = offset;
    const found = pattern.exec(header) ?? undefined;
    offset += found?.[0].length ?? 0;
    return found;
  };
  for (;;) {
    match(GAP);
    const [word] = match(WORD) ?? [];
    if (word === undefined) return challenges;
    if (match(IS)) {
      const quoted = match(QUOTED);
      const value = quoted ? quoted[1]?.replace(/\\(.)/gs, '$1') : match(WORD)?.[0];
      const parameters = challenges.at(-1)?.parameters;
      if (value === undefined || parameters === undefined) return challenges;
      const name = word.toLowerCase();
      if (!parameters.has(name)) parameters.set(name, value);
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
      match(TOKEN68);
    }
  }
}
