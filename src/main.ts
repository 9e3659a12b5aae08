import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { start } from './cli/start';
import { TEMPLATES } from './stack/files';

/**
 * `secure-mirror synth`, for `npm run synth` and as the app of cdk8s. The CLI of cdk8s names the folder for manifests; it empties it before,
 * and asks for nothing beside it, so there is no ledger then. With its format helm, that is the folder for templates of a chart that it makes.
 */
const folder = process.env.CDK8S_OUTDIR;
const output = folder ? ['--output', folder, '--no-ledger'] : [];
const isInChart = folder && basename(folder) === TEMPLATES && existsSync(join(folder, '..', 'Chart.yaml'));
const format = isInChart ? ['--format', 'templates'] : [];
start(['synth', ...output, ...format, ...process.argv.slice(2)]);
