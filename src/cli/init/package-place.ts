import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Where the package is, as seen from a file. */
export interface PackagePlace {
  /** The path of the schema, relative to the file's folder. */
  readonly schema: string;
  /** Where its pages are, after the name of one. */
  readonly within: string;
}

const SCHEMA = join('src', 'schemas', 'stack.schema.json');
const INSTALLED = join('node_modules', 'secure-mirror');

/**
 * Where the package is: in a folder above the file, as for a clone, or in node_modules there.
 *
 * @param file the file
 * @returns nothing where the package is elsewhere, such as in a folder of this machine alone
 */
export function packagePlace(file: string): PackagePlace | undefined {
  const start = dirname(resolve(file));
  for (let folder = start; ; folder = dirname(folder)) {
    const found = [join(folder, INSTALLED), folder].find((root) => existsSync(join(root, SCHEMA)));
    if (found !== undefined) return placeFrom(start, found);
    if (folder === dirname(folder)) return undefined;
  }
}

function placeFrom(start: string, root: string): PackagePlace {
  const path = relative(start, root);
  const schema = join(path, SCHEMA);
  return {
    schema: schema.startsWith('.') ? schema : `./${schema}`,
    within: path.endsWith(INSTALLED) ? ` in ${path}` : '',
  };
}
