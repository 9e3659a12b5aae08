import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lua } from '../envoy/lua';
import { scripts } from './scripts';

/**
 * Puts the texts of the scripts and of the proxy's programs into the compiled library, in place of the modules that read them.
 *
 * @param compiled the folder that src was compiled to
 */
export function generateScripts(compiled: string): void {
  write(join(compiled, 'mirror/node-agent/scripts.js'), 'scripts', scripts());
  write(join(compiled, 'mirror/envoy/lua.js'), 'lua', lua());
}

function write(file: string, name: string, texts: object): void {
  const text = JSON.stringify(texts, null, 2);
  writeFileSync(file, `"use strict";\n// Written by generate-scripts.ts.\nexports.${name} = () => (${text});\n`);
}

if (require.main === module) generateScripts(resolve(__dirname, '../../../dist/lib/src'));
