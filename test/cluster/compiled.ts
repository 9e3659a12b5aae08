import { dirname, join } from 'node:path';
import { Compiled } from '../integration/tokens/harness/compiled';

let made: Compiled | undefined;
afterAll(() => made?.remove());

function folder(): string {
  made ??= new Compiled();
  return join(dirname(made.main), '..');
}

/** The command `secure-mirror`, compiled once for a file of tests: a compiler at each start costs more than all that it does. */
export function secureMirror(...args: string[]): string[] {
  return [process.execPath, join(folder(), 'cli', 'main.js'), ...args];
}

/** The app that `npm run synth` runs, likewise. */
export function synthApp(): string[] {
  return [process.execPath, join(folder(), 'main.js')];
}
