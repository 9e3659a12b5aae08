import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The processes that a process has started. */
export function childrenOf(parent: number): number[] {
  return processes()
    .filter(({ fields }) => fields[1] === `${parent}`)
    .map(({ pid }) => pid);
}

/** Whether a process runs: one that has ended may still be in the list, as nobody has asked for its exit code. */
export function isRunning(pid: number): boolean {
  return processes().some((one) => one.pid === pid && one.fields[0] !== 'Z');
}

/** Whether a process that was killed ends: on a busy machine the kernel may take a moment. */
export async function ends(pid: number): Promise<boolean> {
  for (let turns = 0; isRunning(pid) && turns < 100; turns += 1) await wait(100);
  return !isRunning(pid);
}

/** The processes with a text in their command line, of whatever parent. */
export function running(text: string): number[] {
  return processes()
    .map(({ pid }) => pid)
    .filter((pid) => read(pid, 'cmdline').includes(text) && isRunning(pid));
}

/** Each process with the fields of its state after its name: the state, the parent. */
function processes(): { readonly pid: number; readonly fields: string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .map((pid) => ({ pid, fields: read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [] }));
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
