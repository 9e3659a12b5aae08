import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performancePage, type Results } from './page';

const ROOT = resolve(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'performance.md');

/** The results in the repository. */
export function committedResults(): Results {
  const read = (name: string) => {
    const file = join(ROOT, 'bench', 'results', name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  return { cluster: read('cluster.json'), before: read('cluster-before.json'), synth: read('synth.json') };
}

/** Writes docs/performance.md of the results in the repository. */
export function writePage(): void {
  writeFileSync(PAGE, performancePage(committedResults()));
}
