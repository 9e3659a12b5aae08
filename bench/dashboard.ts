import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Answers } from './dashboard/panels';
import { picture } from './dashboard/picture';

/** What test/cluster/dashboard-run.ts measured. */
export const measured: Answers = JSON.parse(readFileSync(resolve(__dirname, 'results', 'dashboard.json'), 'utf8'));

/** The picture of docs/monitoring.md, by its file. */
export function dashboardFiles(): { readonly [file: string]: string } {
  return { 'docs/images/dashboard.svg': picture(measured) };
}

if (require.main === module) {
  for (const [file, content] of Object.entries(dashboardFiles()))
    writeFileSync(resolve(__dirname, '..', file), content);
}
