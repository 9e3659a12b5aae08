import { start } from './cli/start';

/**
 * `secure-mirror synth`, for `npm run synth` and as the app of cdk8s. The CLI of cdk8s names the folder for manifests; it empties it before,
 * and asks for nothing beside it, so there is no ledger then.
 */
const folder = process.env.CDK8S_OUTDIR;
const output = folder ? ['--output', folder, '--no-ledger'] : [];
start(['synth', ...output, ...process.argv.slice(2)]);
