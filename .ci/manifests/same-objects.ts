import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderedObjects } from '../../src/cli/compare/rendered';
import { compareFindings } from '../../src/cli/compare/verdict';
import { sentenceWithFix } from '../../src/cli/shared/findings-text';

/** What a tool changed in the manifests of a folder: it must have their objects, and no others. */
function changesOf(folder: string, file: string): string[] {
  const made = readdirSync(folder)
    .filter((name) => name.endsWith('.k8s.yaml'))
    .flatMap((name) => renderedObjects(readFileSync(join(folder, name), 'utf8'), name));
  const rendered = renderedObjects(readFileSync(file, 'utf8'), file);
  const findings = compareFindings({ made, rendered, images: {} }).map(sentenceWithFix);
  return made.length === rendered.length
    ? findings
    : [...findings, `${folder}: ${made.length} objects became ${rendered.length}`];
}

// same-objects.ts FOLDER RENDERED [FOLDER RENDERED]...
const args = process.argv.slice(2);
const changes = args.flatMap((folder, index) => (index % 2 === 0 ? changesOf(folder, args[index + 1] ?? '') : []));
for (const change of changes) console.log(change);
process.exitCode = changes.length === 0 && args.length > 0 ? 0 : 1;
