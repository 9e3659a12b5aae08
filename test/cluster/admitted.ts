import { tryKubectl } from './kubectl';

/** What the API server says to objects that somebody would create. */
export interface Answers {
  /** Names of the objects that it would take. */
  readonly admitted: string[];
  /** What it says of the others. */
  readonly refusals: string;
}

/**
 * Asks the API server which objects it would create: all at once, as a kubectl for each takes longer than what is tested.
 *
 * @param objects objects of different names
 * @param user who asks: the administrator when undefined
 * @param groups groups of this user
 */
export async function admitted(objects: object[], user?: string, ...groups: string[]): Promise<Answers> {
  const who = user === undefined ? [] : [`--as=${user}`, ...groups.map((group) => `--as-group=${group}`)];
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const { stdout, stderr } = await tryKubectl([...who, 'create', '--dry-run=server', '-f', '-', '-o', 'name'], {
    input: JSON.stringify(list),
  });
  const names = stdout.split('\n').filter((line) => line !== '');
  return { admitted: names.map((line) => line.slice(line.indexOf('/') + 1)), refusals: stderr };
}
