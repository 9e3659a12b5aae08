import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { probeScript } from './scripts';

/**
 * Puts the text of the script into the compiled library, in place of the module that reads it.
 *
 * @param compiled the folder that src was compiled to
 */
export function generateProbeScript(compiled: string): void {
  const text = JSON.stringify(probeScript());
  const lines = ['"use strict";', '// Written by generate-scripts.ts.', `exports.probeScript = () => ${text};`, ''];
  writeFileSync(join(compiled, 'cli/check/node/scripts.js'), lines.join('\n'));
}

if (require.main === module) generateProbeScript(resolve(__dirname, '../../../../dist/lib/src'));
