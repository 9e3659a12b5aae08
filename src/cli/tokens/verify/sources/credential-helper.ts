import { spawn } from 'node:child_process';
import { AskError } from '../../../ask-error';
import { Credential } from '../../registry/credential';

const LIMIT_SECONDS = 30;
const LIMIT_CHARACTERS = 1024 * 1024;

/**
 * Asks a credential helper of docker (https://github.com/docker/docker-credential-helpers); nothing when it has none.
 *
 * @param name its name, after `docker-credential-`
 * @param server what it calls the registry
 * @throws AskError when it cannot be run or gives what is no credential. What it printed is not repeated.
 */
export async function askHelper(name: string, server: string): Promise<Credential | undefined> {
  if (!/^[A-Za-z0-9][-A-Za-z0-9._]*$/.test(name)) {
    throw new AskError('configuration', 'the docker configuration names a credential helper that cannot be one');
  }
  const program = `docker-credential-${name}`;
  const { status, stdout } = await run(program, server);
  if (status !== 0) {
    // It says so on stdout, and only this is told apart.
    if (/credentials not found/i.test(stdout)) return undefined;
    throw new AskError(
      'other',
      `${program} gives no credential for ${server} (exit code ${status ?? 'none: stopped'})`,
    );
  }
  const credential = credentialIn(stdout);
  if (credential === undefined)
    throw new AskError('other', `${program} answers for ${server} with what is no user name and token`);
  return credential;
}

function credentialIn(text: string): Credential | undefined {
  try {
    const { Username: user, Secret: token } = JSON.parse(text) as { Username?: unknown; Secret?: unknown };
    // The user "<token>" stands for a token of another protocol.
    const usable =
      typeof user === 'string' && typeof token === 'string' && token !== '' && !['', '<token>'].includes(user);
    return usable ? new Credential(user, token) : undefined;
  } catch {
    return undefined;
  }
}

function run(program: string, server: string): Promise<{ status: number | null; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], env: process.env });
    let stdout = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_SECONDS * 1000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length > LIMIT_CHARACTERS) child.kill('SIGKILL');
    });
    child.on('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      reject(new AskError('configuration', `${program} cannot be run (${code ?? 'unknown'}): is it on the PATH?`));
    });
    child.on('close', (status) => {
      clearTimeout(limit);
      resolve({ status, stdout });
    });
    // One that has ended already has said all it will.
    child.stdin.on('error', () => {});
    child.stdin.end(server);
  });
}
