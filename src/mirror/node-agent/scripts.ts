import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the node agent runs, each a file beside this one, in the order of the ConfigMap. */
const FILES = [
  'agent.sh',
  'arrivals.awk',
  'counters.awk',
  'counters.sh',
  'credential.sh',
  'damage.sh',
  'files.sh',
  'hosts-toml.sh',
  'identity.sh',
  'link.sh',
  'peers.sh',
  'permissive.sh',
  'prepare.sh',
  'proxy-files.sh',
  'publish.sh',
  'report.sh',
  'rotation-state.sh',
  'rotation.sh',
  'settings.sh',
  'usage-file.awk',
  'usage.awk',
  'withdraw.sh',
];

/**
 * The scripts of the node agent by their names. `npm run build` puts a module with their texts in this one's place, so that the package
 * needs no file beside it: generate-scripts.ts.
 *
 * @throws Error naming a script that cannot be read
 */
export function scripts(): { readonly [file: string]: string } {
  return Object.fromEntries(FILES.map((file) => [file, read(file)]));
}

function read(file: string): string {
  try {
    return readFileSync(join(__dirname, file), 'utf8');
  } catch (cause) {
    const message = `the node agent's script ${file} cannot be read: bundle the package, which holds it, not its sources`;
    throw new Error(message, { cause });
  }
}
