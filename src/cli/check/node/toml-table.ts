/** A value in TOML. */
export type TomlValue = string | number | boolean | Date | TomlValue[] | TomlTable;

/** A table in TOML. */
export interface TomlTable {
  [key: string]: TomlValue;
}

// The package has a module for require, but declares its types for import alone.
const { parse } = require('smol-toml') as { parse(text: string): TomlTable };

/**
 * Reads TOML.
 *
 * @throws Error with line and column of a mistake
 */
export function parseToml(text: string): TomlTable {
  return parse(text);
}

/** A value that is a table. */
export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}

/**
 * The table at a path; an empty one where there is none.
 *
 * @param table where to begin
 * @param path names of tables
 */
export function tableAt(table: TomlTable, ...path: string[]): TomlTable {
  let at: TomlValue | undefined = table;
  for (const name of path) at = isTable(at) ? at[name] : undefined;
  return isTable(at) ? at : {};
}

/**
 * Puts a table into another one: tables are merged, every other value is replaced, as containerd 2 does by its library mergo.
 *
 * @param to what it goes into; stays as it is
 * @param from what goes in
 */
export function merged(to: TomlTable, from: TomlTable): TomlTable {
  const before = new Map(Object.entries(to));
  const both = Object.entries(from).map(([key, value]): [string, TomlValue] => {
    const old = before.get(key);
    return [key, isTable(old) && isTable(value) ? merged(old, value) : value];
  });
  // A key may be called __proto__.
  return Object.fromEntries([...before, ...both]);
}
