import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The script of a node's probe as one text, with all that it sources. `npm run build` puts a module with this text in this one's place,
 * so that the package needs no file beside it: generate-bundle.ts.
 *
 * @throws Error naming a script that cannot be read
 */
export function probeScript(): string {
  return read('probe.sh')
    .replace(/^here=.*\n/m, '')
    .replace(/^\. "\$here\/(.*)"$/gm, (_, file: string) => read(file));
}

function read(file: string): string {
  try {
    return readFileSync(join(__dirname, file), 'utf8');
  } catch (cause) {
    const message = `the script ${file} of the nodes' checks cannot be read: bundle the package, which holds it, not its sources`;
    throw new Error(message, { cause });
  }
}
