import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name of the variable that says that TMPDIR is a folder of these tests. */
const OWN = 'SECURE_MIRROR_TESTS_TMPDIR';

/** What programs keep for their next start: nobody takes it away, and nobody has to. */
const CACHES = /^(v8-compile-cache|node-compile-cache)/;

/** Gives all tests and what they start a temporary folder of their own. Runs before all tests, once. */
export function makeTemporaryFolder(): void {
  if (process.env[OWN] !== undefined) return;
  process.env[OWN] = process.env.TMPDIR ?? '';
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'test-'));
}

/**
 * Takes it away. Runs after all tests.
 *
 * @throws Error with the names of what tests left in it
 */
export function removeTemporaryFolder(): void {
  const { [OWN]: before, TMPDIR: folder } = process.env;
  if (before === undefined || folder === undefined) return;
  delete process.env[OWN];
  if (before === '') delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  const left = readdirSync(folder).filter((name) => !CACHES.test(name));
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`tests left this in the temporary folder: ${left.join(', ')}`);
}
