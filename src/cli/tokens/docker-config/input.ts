import type { Readable } from 'node:stream';
import { CliError } from '../../shared/cli-error';
import { checked } from '../token-text';

const LIMIT_CHARACTERS = 64 * 1024;

/**
 * Reads a token from a pipe or a file; one line break at the end is cut off.
 *
 * @param input where it comes from
 * @param example the command, for a person who types
 * @throws CliError when it is a terminal, which would show the token, or holds no token; what it holds is never repeated
 */
export async function readToken(input: Readable & { readonly isTTY?: boolean }, example: string): Promise<string> {
  if (input.isTTY) {
    const ways = `pass show my-token | ${example}, or ${example} <FILE`;
    throw new CliError('configuration', `stdin: it is a terminal; expected the token from a pipe or a file: ${ways}`);
  }
  let text = '';
  for await (const part of input.setEncoding('utf8')) {
    text += part;
    if (text.length > LIMIT_CHARACTERS)
      throw new CliError('configuration', 'stdin: got more than 64 KiB; expected a token alone');
  }
  return checked(text.replace(/\r?\n$/, ''), 'stdin');
}
