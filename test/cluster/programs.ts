import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = join(__dirname, 'intruder');
const built = new Map<string, string>();
let ours: string | undefined;
afterAll(() => {
  if (ours !== undefined) rmSync(ours, { recursive: true });
});

/** Names of the tests' own programs. */
export type Program = 'envsubst' | 'flood' | 'intruder' | 'load' | 'pause' | 'redirector' | 'reporter' | 'rogue';

/** Path of one of the tests' own programs, built with Go when it is first asked for. */
export function program(name: Program): string {
  const known = built.get(name);
  if (known !== undefined) {
    return known;
  }
  const folder = process.env.CLUSTER_PROGRAMS ?? ours ?? mkdtempSync(join(tmpdir(), 'cluster-test-'));
  if (process.env.CLUSTER_PROGRAMS === undefined) ours = folder;
  mkdirSync(folder, { recursive: true });
  const output = join(folder, name);
  const from = name === 'intruder' || name === 'envsubst' ? '.' : `./${name}`;
  // The flags under which whoever built Spegel from source has its packages in Go's cache.
  execFileSync('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', output, from], {
    cwd: name === 'envsubst' ? join(__dirname, '..', '..', '.ci', 'envsubst') : source,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  built.set(name, output);
  return output;
}
