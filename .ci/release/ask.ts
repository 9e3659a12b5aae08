import { execFileSync } from 'node:child_process';
import type { Published, Signature } from './facts';

/**
 * What npm's registry has under a name.
 *
 * @returns nothing if the name is free
 * @throws Error when the registry does not say either
 */
export function publishedAs(name: string): Published | undefined {
  const answer = view(name, 'versions', 'repository.url');
  if (answer.error?.code === 'E404') return undefined;
  if (answer.error !== undefined)
    throw new Error(`npm's registry does not say who has ${name}: ${answer.error.summary}`);
  return { versions: [answer.versions ?? []].flat(), repository: answer['repository.url'] ?? 'not said' };
}

interface View {
  readonly error?: { readonly code: string; readonly summary: string };
  readonly versions?: string | string[];
  readonly 'repository.url'?: string;
}

function view(...args: string[]): View {
  try {
    return JSON.parse(
      execFileSync('npm', ['view', '--json', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch (error) {
    // npm writes the error as JSON too.
    const { stdout = '' } = error as { stdout?: string };
    if (stdout === '') throw error;
    return JSON.parse(stdout);
  }
}

/**
 * What GitHub says of the signature of a tag. A tag without a message of its own has none.
 *
 * @param api the repository in GitHub's API, such as https://api.github.com/repos/owner/name
 * @throws Error when GitHub does not say
 */
export async function signatureOf(tag: string, api: string, token: string): Promise<Signature> {
  const { object } = await get(`${api}/git/ref/tags/${encodeURIComponent(tag)}`, token);
  if (object?.type !== 'tag') return { verified: false, reason: 'the tag is lightweight' };
  const { verification } = await get(`${api}/git/tags/${object.sha}`, token);
  return { verified: verification?.verified === true, reason: `${verification?.reason}` };
}

interface Answer {
  readonly object?: { readonly type: string; readonly sha: string };
  readonly verification?: { readonly verified: boolean; readonly reason: string };
}

async function get(url: string, token: string): Promise<Answer> {
  const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`GitHub does not say what the tag is: ${url} answers ${answer.status}`);
  return (await answer.json()) as Answer;
}
