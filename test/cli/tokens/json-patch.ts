import { execFileSync } from 'node:child_process';
import type { Manifest } from '../../support';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** The words of a command, as a shell takes them. */
export function wordsOf(command: string): string[] {
  return execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

/**
 * What a printed `kubectl patch` makes of an object, as the API server does it (github.com/evanphx/json-patch): a test for null holds
 * where nothing is, and it keeps no empty list.
 *
 * @throws Error where a test fails; then nothing is changed
 */
export function patched(command: string, object: Manifest): Manifest {
  const words = wordsOf(command);
  expect(words).toContain('--type=json');
  const result = JSON.parse(
    JSON.stringify(object, (_, value) => (Array.isArray(value) && value.length === 0 ? undefined : value)),
  );
  for (const { op, path, value } of JSON.parse(words[words.indexOf('-p') + 1] ?? '') as Operation[]) {
    const parts = path.split('/').slice(1);
    const last = parts.pop() ?? '';
    const parent = parts.reduce((inner: Manifest, part) => inner[part], result);
    if (op === 'test' && JSON.stringify(parent[last] ?? null) !== JSON.stringify(value))
      throw new Error(`testing value ${path} failed`);
    if (op === 'add') parent[last] = value;
    if (op === 'remove') delete parent[last];
  }
  return result;
}
