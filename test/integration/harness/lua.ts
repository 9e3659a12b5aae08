import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program finds. */
export interface Scenario {
  readonly headers: { readonly [name: string]: string };
  readonly context?: { readonly [name: string]: string };
  /** Spegel's answer. */
  readonly answer?: { readonly [name: string]: string };
  /** Why Spegel cannot be asked. */
  readonly fails?: string;
  readonly body?: readonly string[];
}

/** What a program did. */
export interface Outcome {
  /** What it did in their order, each as words. */
  readonly done: readonly string[];
  /** The headers as it left them. */
  readonly headers: { readonly [name: string]: string };
  readonly body: readonly string[];
}

const PROGRAMS = join(__dirname, '../../../src/mirror/envoy');

/**
 * Runs a program of the proxy in a real Lua, apart from Envoy.
 *
 * @param program its file
 * @param name the function that Envoy would call
 * @param scenario what it finds
 * @param variables the environment
 */
export function runLua(program: string, name: string, scenario: Scenario, variables = {}): Outcome {
  const args = [join(__dirname, 'handle.lua'), join(PROGRAMS, program), name, literal(scenario)];
  const { status, stdout, stderr, error } = spawnSync('luajit', args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...variables },
  });
  if (error) throw new Error('the tests of the programs in Lua need luajit', { cause: error });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const headers = lines.flatMap(([what, key = '', value = '']) => (what === 'header' ? [[key, value]] : []));
  return {
    done: lines.filter(([what]) => what !== 'header' && what !== 'body' && what !== '').map((words) => words.join(' ')),
    headers: Object.fromEntries(headers),
    body: lines.flatMap(([what, text = '']) => (what === 'body' ? [text] : [])),
  };
}

/** A value as Lua writes it. */
function literal(value: unknown): string {
  if (typeof value === 'string')
    return `"${[...Buffer.from(value)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`;
  if (Array.isArray(value)) return `{${value.map(literal).join(',')}}`;
  const entries = Object.entries(value as object).filter(([, one]) => one !== undefined);
  return `{${entries.map(([key, one]) => `[${literal(key)}]=${literal(one)}`).join(',')}}`;
}
