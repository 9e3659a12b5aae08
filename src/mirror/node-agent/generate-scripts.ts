import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scripts } from './scripts';

/**
 * Puts the texts of the scripts into the compiled library, in place of the module that reads them.
 *
 * @param compiled the folder that src was compiled to
 */
export function generateScripts(compiled: string): void {
  const texts = JSON.stringify(scripts(), null, 2);
  const lines = ['"use strict";', '// Written by generate-scripts.ts.', `exports.scripts = () => (${texts});`, ''];
  writeFileSync(join(compiled, 'mirror/node-agent/scripts.js'), lines.join('\n'));
}

if (require.main === module) generateScripts(resolve(__dirname, '../../../dist/lib/src'));
