import type { Action } from '../../../config/tokens/model';
import type { Client } from './client';
import { CouldNotAsk } from './could-not-ask';
import type { Credential } from './credential';
import type { Door } from './door';
import { ALL, given, type Rights, rightsIn, rightsOf, scopeOf } from './scope';
import { readToken } from './token';

/** What a credential gets for a repository: what to show to the registry, and its rights where they can be read. */
export type Grant =
  | { readonly kind: 'granted'; readonly authorization: string; readonly rights?: Rights }
  /** The user name and the token do not go together, or no longer. */
  | { readonly kind: 'refused' }
  /** There is a token, but the registry can take none like it. */
  | { readonly kind: 'unusable'; readonly reason: string };

type TokenService = Extract<Door, { kind: 'bearer' }>;

/**
 * Asks a token service for all rights to a repository, of which it grants those that the credential has
 * (https://distribution.github.io/distribution/spec/auth/token/).
 *
 * @param client asks
 * @param service the token service
 * @param repository the repository, without the registry
 * @param credential whose rights; nobody's when left out
 * @throws CouldNotAsk when there is no answer that can be understood
 */
export async function askForAll(
  client: Client,
  service: TokenService,
  repository: string,
  credential?: Credential,
): Promise<Grant> {
  const all = await askFor(client, service, repository, ALL, credential);
  if (all !== 'denied') return all;
  // A service that denies all of a scope for a part of it is asked for each part.
  const got: Action[] = [];
  for (const action of ALL) {
    const grant = await askFor(client, service, repository, [action], credential);
    if (grant === 'denied') continue;
    if (grant.kind !== 'granted') return grant;
    if (grant.rights === undefined || given(grant.rights).includes(action)) got.push(action);
  }
  const most = got.length > 0 ? await askFor(client, service, repository, got, credential) : 'denied';
  const rights = rightsOf((action) => got.includes(action));
  if (most === 'denied') return { kind: 'granted', authorization: '', rights };
  return most.kind === 'granted' ? { ...most, rights } : most;
}

async function askFor(
  client: Client,
  { realm, service }: TokenService,
  repository: string,
  actions: readonly Action[],
  credential?: Credential,
): Promise<Grant | 'denied'> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scopeOf(repository, actions));
  const headers = credential ? { authorization: credential.basic } : undefined;
  const { status, body } = await client.ask(url, { headers });
  if (status === 401) return { kind: 'refused' };
  if (status === 403) return 'denied';
  if (status !== 200) throw new CouldNotAsk(`the token service ${url.host} answers ${status} to a request for a token`);
  const token = tokenIn(url.host, body);
  if (token === undefined) return { kind: 'unusable', reason: 'the answer holds no token' };
  const reading = readToken(token, service, new Date());
  if (reading.kind === 'unusable') return reading;
  const rights = reading.kind === 'access' ? rightsIn(reading.access, repository) : undefined;
  return { kind: 'granted', authorization: `Bearer ${token}`, rights };
}

function tokenIn(host: string, body: string): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new CouldNotAsk(`the token service ${host} does not answer in JSON`);
  }
  const { token, access_token } = (answer ?? {}) as { readonly [name: string]: unknown };
  const found = token || access_token;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
