import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The programs that Envoy runs for the direct path, each a file beside this one. */
const FILES = ['find-peer.lua', 'peer-answer.lua'] as const;

/**
 * The programs in Lua by their names. `npm run build` puts a module with their texts in this one's place, so that the package needs no file
 * beside it: generate-scripts.ts of the node agent.
 *
 * @throws Error naming a program that cannot be read
 */
export function lua(): { readonly [file in (typeof FILES)[number]]: string } {
  return Object.fromEntries(FILES.map((file) => [file, read(file)])) as ReturnType<typeof lua>;
}

function read(file: string): string {
  try {
    return readFileSync(join(__dirname, file), 'utf8');
  } catch (cause) {
    const message = `the program ${file} of the proxy cannot be read: bundle the package, which holds it, not its sources`;
    throw new Error(message, { cause });
  }
}
