import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mirrorDefaults } from '../src/mirror/props/defaults';
import { page } from './scale/page';
import { plot } from './scale/plot';

/** What the model makes, by file. */
export function scaleFiles(): { readonly [file: string]: string } {
  const { limits } = mirrorDefaults;
  return { 'docs/scale.md': page(limits), 'docs/images/scale.svg': plot(limits) };
}

if (require.main === module) {
  for (const [file, content] of Object.entries(scaleFiles())) writeFileSync(resolve(__dirname, '..', file), content);
}
