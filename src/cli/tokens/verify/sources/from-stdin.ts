import { Credential } from '../../../registry/credential';
import { CliError } from '../../../shared/cli-error';
import { isObject, parsed } from '../../../shared/json';
import { spellingOf } from '../../../shared/started';
import { readStdin, type Stdin, tokenIn } from '../../stdin';
import type { Subject } from '../subjects';
import type { Search, Source } from './source';

const EXPECTED = 'a JSON object, such as {"nightly-ingress-controller-pull": "TOKEN"}';

/** Tokens in a JSON object, by the names of their Secrets or their purposes. */
export class FromStdin implements Source {
  public readonly hasPrevious = false;

  private constructor(private readonly tokens: ReadonlyMap<string, string>) {}

  /**
   * Reads them.
   *
   * @param input the stream
   * @throws CliError when it is a terminal, or not such an object
   */
  public static async read(input: Stdin): Promise<FromStdin> {
    const example = `${EXPECTED}, from a pipe: pass show tokens | ${spellingOf().program.command} …`;
    const text = await readStdin(input, { name: '--stdin', kibibytes: 1024, expected: EXPECTED, example });
    return new FromStdin(tokensIn(text));
  }

  public async find({ secret, purpose, kind, user }: Subject): Promise<Search> {
    const named = kind === 'current' && purpose !== undefined ? [secret, purpose] : [secret];
    const name = named.find((name) => this.tokens.has(name));
    if (name === undefined)
      return { found: [], missing: [`stdin has nothing called ${named.map(inQuotes).join(' or ')}`] };
    const token = tokenIn(this.tokens.get(name) ?? '', `--stdin: "${name}"`);
    return { found: [{ credential: new Credential(user, token), where: 'stdin' }], missing: [] };
  }
}

function tokensIn(text: string): Map<string, string> {
  const value = parsed(text);
  if (!isObject(value)) {
    const got = text.trim() === '' ? 'nothing' : value === undefined ? 'no JSON' : 'something else';
    throw new CliError('configuration', `--stdin: got ${got}; expected ${EXPECTED}`);
  }
  const texts = Object.entries(value).flatMap(([name, token]): [string, string][] =>
    typeof token === 'string' ? [[name, token]] : [],
  );
  return new Map(texts);
}

function inQuotes(name: string): string {
  return `"${name}"`;
}
