import type { Readable } from 'node:stream';
import { CliError } from '../shared/cli-error';
import { waitingFor } from '../shared/waiting';

/** A pipe, a file, or the user's terminal. */
export type Stdin = Readable & { readonly isTTY?: boolean };

/** How much a command reads from stdin, and what it expects there. */
export interface Expected {
  /** Where the text comes from, as the user calls it. */
  readonly name: string;
  readonly kibibytes: number;
  /** What the text should be, for messages. */
  readonly expected: string;
  /** How to pipe it, for a user at a terminal, which would show it. */
  readonly example: string;
}

/**
 * Reads all of stdin.
 *
 * @param input the stream
 * @param expected how much of what
 * @throws CliError when it is a terminal or has too much; no message repeats the text
 */
export async function readStdin(input: Stdin, { name, kibibytes, expected, example }: Expected): Promise<string> {
  if (input.isTTY) {
    throw new CliError('configuration', `${name}: it is a terminal; expected ${example}`);
  }
  return waitingFor(`${expected} on stdin`, read(input, { name, kibibytes, expected }));
}

async function read(input: Stdin, { name, kibibytes, expected }: Omit<Expected, 'example'>): Promise<string> {
  let text = '';
  for await (const part of input.setEncoding('utf8')) {
    text += part;
    if (text.length > kibibytes * 1024) {
      const limit = kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`;
      throw new CliError('configuration', `${name}: got more than ${limit}; expected ${expected}`);
    }
  }
  return text;
}

/**
 * Reads a token.
 *
 * @param input the stream
 * @param command the command, for a user at a terminal
 */
export async function readToken(input: Stdin, command: string): Promise<string> {
  const example = `the token from a pipe or a file: pass show my-token | ${command}, or ${command} <FILE`;
  const text = await readStdin(input, { name: 'stdin', kibibytes: 64, expected: 'a token alone', example });
  return tokenIn(withoutLineBreak(text), 'stdin');
}

/** The content of a file or a pipe without the line break that editors and `echo` put at its end. */
export function withoutLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/**
 * A token, if the text is one.
 *
 * @param text the text
 * @param where its place
 * @throws CliError when it is empty or has blanks; no message repeats the text
 */
export function tokenIn(text: string, where: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  const got = text === '' ? 'it is empty' : 'it holds blanks, line breaks or characters beyond ASCII';
  throw new CliError('configuration', `${where}: ${got}; expected a token alone`);
}
