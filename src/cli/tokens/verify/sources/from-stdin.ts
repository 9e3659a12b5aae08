import type { Readable } from 'node:stream';
import { Credential } from '../../../registry/credential';
import { CliError } from '../../../shared/cli-error';
import { isObject, parsed } from '../../../shared/json';
import { spellingOf } from '../../../shared/started';
import { checked } from '../../token-text';
import type { Subject } from '../subjects';
import type { Search, Source } from './source';

const LIMIT_CHARACTERS = 1024 * 1024;
const WANTED = 'expected a JSON object, such as {"nightly-ingress-controller-pull": "TOKEN"}';

/** Tokens in a JSON object, by the names of their Secrets or their purposes. */
export class FromStdin implements Source {
  public readonly hasPrevious = false;

  private constructor(private readonly tokens: ReadonlyMap<string, string>) {}

  /**
   * Reads it.
   *
   * @param input where it comes from
   * @throws CliError when it is a terminal, or no such object
   */
  public static async read(input: Readable & { readonly isTTY?: boolean }): Promise<FromStdin> {
    if (input.isTTY) {
      throw new CliError(
        'configuration',
        `--stdin: it is a terminal; ${WANTED}, from a pipe: pass show tokens | ${spellingOf().program.command} …`,
      );
    }
    let text = '';
    for await (const part of input.setEncoding('utf8')) {
      text += part;
      if (text.length > LIMIT_CHARACTERS)
        throw new CliError('configuration', `--stdin: got more than 1 MiB; ${WANTED}`);
    }
    return new FromStdin(tokensIn(text));
  }

  public async find({ secret, purpose, kind, user }: Subject): Promise<Search> {
    const named = kind === 'current' && purpose !== undefined ? [secret, purpose] : [secret];
    const name = named.find((name) => this.tokens.has(name));
    if (name === undefined)
      return { found: [], missing: [`stdin has nothing called ${named.map(inQuotes).join(' or ')}`] };
    const token = checked(this.tokens.get(name) ?? '', `--stdin: "${name}"`);
    return { found: [{ credential: new Credential(user, token), where: 'stdin' }], missing: [] };
  }
}

function tokensIn(text: string): Map<string, string> {
  const value = parsed(text);
  if (!isObject(value)) {
    const got = text.trim() === '' ? 'nothing' : value === undefined ? 'no JSON' : 'something else';
    throw new CliError('configuration', `--stdin: got ${got}; ${WANTED}`);
  }
  const texts = Object.entries(value).flatMap(([name, token]): [string, string][] =>
    typeof token === 'string' ? [[name, token]] : [],
  );
  return new Map(texts);
}

function inQuotes(name: string): string {
  return `"${name}"`;
}
