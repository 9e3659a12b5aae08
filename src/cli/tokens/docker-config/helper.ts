import { spawn } from 'node:child_process';
import { AskError } from '../../ask-error';
import { Credential } from '../registry/credential';
import { askHelper } from '../verify/sources/credential-helper';
import type { Holder } from './text';

const LIMIT_SECONDS = 60;

/** Who has a helper's entry. */
export async function holderAtHelper(name: string, server: string, user: string, token: string): Promise<Holder> {
  const there = await askHelper(name, server);
  if (there === undefined) return 'nobody';
  if (there.equals(new Credential(user, token))) return 'same';
  return there.user === user ? 'same user' : 'other';
}

/**
 * Hands a credential to a credential helper of docker, on its stdin (https://github.com/docker/docker-credential-helpers).
 *
 * @param name its name, after `docker-credential-`; it has been asked already, so it is a name
 * @param server what it calls the registry
 * @throws AskError when it does not take it. What it printed is not repeated.
 */
export function storeAtHelper(name: string, server: string, user: string, token: string): Promise<void> {
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['store'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_SECONDS * 1000);
    child.on('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      reject(new AskError('configuration', `${program} cannot be run (${code ?? 'unknown'}): is it on the PATH?`));
    });
    child.on('close', (status) => {
      clearTimeout(limit);
      if (status === 0) resolve();
      else
        reject(
          new AskError('other', `${program} did not take the credential (exit code ${status ?? 'none: stopped'})`),
        );
    });
    // One that has ended already is told by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify({ ServerURL: server, Username: user, Secret: token }));
  });
}
