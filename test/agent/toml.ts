/** A small strict reader of the TOML that hosts.toml files are made of. Throws on what it does not know. */

export type Value = string | boolean | number | Value[] | { [key: string]: Value };

export interface Table {
  readonly path: string[];
  readonly keys: Record<string, Value>;
}

/** The tables in file order, the first is the top level. */
export function parseToml(source: string): Table[] {
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`TOML: ${what} at ${at}: ${JSON.stringify(source.slice(at, at + 30))}`);
  };
  const take = (pattern: RegExp): string | undefined => {
    const match = new RegExp(pattern.source, 'y');
    match.lastIndex = at;
    const found = match.exec(source)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const spaces = () => take(/[ \t]*/);
  const blanks = () => take(/([ \t\r\n]|#[^\n]*)*/);
  const lineEnd = () => {
    spaces();
    take(/#[^\n]*/);
    if (at < source.length && take(/\r?\n/) === undefined) fail('end of line expected');
  };
  const string = (): string | undefined => {
    if (source.startsWith('"""', at) || source.startsWith("'''", at)) fail('multi-line string');
    const basic = take(/"([^"\\\n]|\\[^\n])*"/);
    if (basic !== undefined) return JSON.parse(basic) as string;
    return take(/'[^'\n]*'/)?.slice(1, -1);
  };
  const path = (): string[] => {
    const parts: string[] = [];
    do {
      spaces();
      parts.push(string() ?? take(/[A-Za-z0-9_-]+/) ?? fail('key expected'));
      spaces();
    } while (take(/\./) !== undefined);
    return parts;
  };
  const value = (): Value => {
    const text = string();
    if (text !== undefined) return text;
    if (take(/\[/) !== undefined) {
      const items: Value[] = [];
      for (blanks(); take(/\]/) === undefined; blanks()) {
        items.push(value());
        blanks();
        if (take(/,/) === undefined && source[at] !== ']') fail('comma expected');
      }
      return items;
    }
    if (take(/\{/) !== undefined) {
      const items: Record<string, Value> = {};
      for (spaces(); take(/\}/) === undefined; spaces()) {
        const name = path().join('.');
        if (take(/=/) === undefined) fail('= expected');
        spaces();
        items[name] = value();
        spaces();
        if (take(/,/) === undefined && source[at] !== '}') fail('comma expected');
      }
      return items;
    }
    const word = take(/true|false|[0-9]+/) ?? fail('value expected');
    return word === 'true' ? true : word === 'false' ? false : Number(word);
  };

  let table: Table = { path: [], keys: {} };
  const tables = [table];
  for (blanks(); at < source.length; blanks()) {
    if (take(/\[/) !== undefined) {
      table = { path: path(), keys: {} };
      if (take(/\]/) === undefined) fail('] expected');
      if (tables.some((other) => other.path.join('\0') === table.path.join('\0'))) fail('table stands twice');
      tables.push(table);
    } else {
      const name = path().join('.');
      if (take(/=/) === undefined) fail('= expected');
      spaces();
      if (name in table.keys) fail(`key ${name} stands twice`);
      table.keys[name] = value();
    }
    lineEnd();
  }
  return tables;
}

/** Names of the mirrors in the order in which containerd asks them. */
export function hostsOf(tables: Table[]): string[] {
  return [...new Set(tables.flatMap(({ path }) => (path[0] === 'host' ? path.slice(1, 2) : [])))];
}
