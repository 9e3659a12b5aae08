import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './run';

const CACHE = process.env.CI_CACHE ?? resolve(__dirname, '../../node_modules/.cache/secure-mirror');

/**
 * The node_modules of a set of packages that only these tests need, exactly as its lock file says. They are kept from run to run, in
 * the folder that CI_CACHE names, or else within this clone's node_modules.
 *
 * @param name a folder in test/package/tools
 */
export function installed(name: 'jsii' | 'lines' | 'managers'): string {
  const from = join(__dirname, 'tools', name);
  const lock = readFileSync(join(from, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const kept = join(CACHE, `${name}-${version}`);
  if (!existsSync(kept)) {
    mkdirSync(CACHE, { recursive: true });
    const folder = mkdtempSync(join(CACHE, `${name}-new-`));
    try {
      cpSync(from, folder, { recursive: true });
      run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
      // Another file of tests may have been first.
      if (!existsSync(kept)) renameSync(folder, kept);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return join(kept, 'node_modules');
}
