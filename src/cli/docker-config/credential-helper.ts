import type { StdioOptions } from 'node:child_process';
import { Credential } from '../registry/credential';
import { CliError } from '../shared/cli-error';
import { isObject, parsed } from '../shared/json';
import { type Ended, startProgram } from '../shared/program-process';
import { waitingFor } from '../shared/waiting';

const LIMIT_CHARACTERS = 1024 * 1024;

/**
 * Asks a credential helper of docker (https://github.com/docker/docker-credential-helpers); nothing when it has none.
 *
 * @param name its name, after `docker-credential-`
 * @param server what it calls the registry
 * @throws CliError when it cannot be run or gives something else; no message repeats what it printed
 */
export async function askHelper(name: string, server: string): Promise<Credential | undefined> {
  const program = programOf(name);
  const { status, stdout } = await run(program, 'get', server, 30);
  if (status !== 0) {
    // It says so on stdout, and only this is told apart.
    if (/credentials not found/i.test(stdout)) return undefined;
    throw new CliError('other', `${program} gives no credential for ${server} (exit code ${ended(status)})`);
  }
  const credential = credentialIn(stdout);
  if (credential === undefined)
    throw new CliError('other', `${program} answers for ${server} with something else than a user name and a token`);
  return credential;
}

/**
 * Hands a credential to a credential helper of docker, on its stdin.
 *
 * @param name its name, after `docker-credential-`
 * @param server what it calls the registry
 * @param user the user name
 * @param token the token
 * @throws CliError when it does not take it; no message repeats what it printed
 */
export async function storeAtHelper(name: string, server: string, user: string, token: string): Promise<void> {
  const program = programOf(name);
  const { status } = await run(
    program,
    'store',
    JSON.stringify({ ServerURL: server, Username: user, Secret: token }),
    60,
  );
  if (status !== 0) throw new CliError('other', `${program} did not take the credential (exit code ${ended(status)})`);
}

function programOf(name: string): string {
  if (/^[A-Za-z0-9][-A-Za-z0-9._]*$/.test(name)) return `docker-credential-${name}`;
  throw new CliError('configuration', 'the docker configuration names a credential helper that cannot be one');
}

function credentialIn(text: string): Credential | undefined {
  const answer = parsed(text);
  const { Username: user, Secret: token } = isObject(answer) ? answer : {};
  // The user "<token>" stands for a token of another protocol.
  const usable =
    typeof user === 'string' && typeof token === 'string' && token !== '' && !['', '<token>'].includes(user);
  return usable ? new Credential(user, token) : undefined;
}

function ended(status: number | null): string {
  return status === null ? 'none: stopped' : `${status}`;
}

/** Runs a helper. It gets its input through a pipe; nobody reads its stderr. */
async function run(program: string, verb: 'get' | 'store', input: string, seconds: number): Promise<Ended> {
  const stdio: StdioOptions = ['pipe', 'pipe', 'ignore'];
  const { child, ended } = startProgram(program, [verb], { stdio, seconds, characters: LIMIT_CHARACTERS });
  // Where it has ended already, its exit code and its stdout say why.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return waitingFor(program, ended).catch(({ code = 'unknown' }: NodeJS.ErrnoException) => {
    throw new CliError('configuration', `${program} cannot be run (${code}): is it on the PATH?`);
  });
}
