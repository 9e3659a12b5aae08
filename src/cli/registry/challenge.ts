/** A challenge of WWW-Authenticate (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** By name in lower case; of a name that comes twice the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const GAP = /[\s,]*/y;
const WORD = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const IS = /\s*=\s*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const TOKEN68 = /[ \t]+[-A-Za-z0-9._~+/]+=*(?=[ \t]*(?:,|$))/y;

/**
 * The challenges of a header, in their order. What comes after something that is none is left out.
 *
 * @param header its value; several headers are joined by commas
 */
export function challengesOf(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(header) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  for (;;) {
    take(GAP);
    const [word] = take(WORD) ?? [];
    if (word === undefined) return challenges;
    if (take(IS)) {
      const quoted = take(QUOTED);
      const value = quoted ? quoted[1]?.replace(/\\(.)/gs, '$1') : take(WORD)?.[0];
      const parameters = challenges.at(-1)?.parameters;
      if (value === undefined || parameters === undefined) return challenges;
      const name = word.toLowerCase();
      if (!parameters.has(name)) parameters.set(name, value);
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
      take(TOKEN68);
    }
  }
}
