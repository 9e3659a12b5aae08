import type { AuthScheme } from './auth-scheme';
import type { Answer, Client } from './client';
import type { Credential } from './credential';
import { CouldNotAsk } from './failure';
import { type Rights, rightsIn, scopeOf } from './scope';
import { readToken } from './token';

/** What a credential gets for a scope: what to show to the registry, and the rights where they can be read. */
export type Grant =
  | { readonly kind: 'granted'; readonly authorization: string; readonly rights?: Rights }
  /** The credential has no such right. */
  | { readonly kind: 'denied' }
  /** There is a token, but the registry can take none like it. */
  | { readonly kind: 'unusable'; readonly reason: string };

type TokenService = Extract<AuthScheme, { kind: 'bearer' }>;

/** What services answer to a scope that they do not grant: they differ, and some say the same of a dead credential. */
const DENIALS = [400, 401, 403];

/**
 * Asks a token service for a login, as `docker login` does: without a scope, so that no right can be what is refused.
 *
 * @param client asks
 * @param service the token service
 * @param credential the credential
 */
export function logIn(client: Client, service: TokenService, credential: Credential): Promise<Answer> {
  return client.ask(urlOf(service), { headers: { authorization: credential.basic } });
}

/**
 * Asks a token service for a scope (https://distribution.github.io/distribution/spec/auth/token/). By the specification it grants a part
 * of it where it cannot grant all; others deny it as a whole, so each action is asked for alone.
 *
 * @param client asks
 * @param service the token service
 * @param repository the repository, without the registry
 * @param actions the actions
 * @param credential whose rights, after it logged in; nobody's when left out
 * @throws CouldNotAsk when there is no answer that can be understood
 */
export async function askFor(
  client: Client,
  service: TokenService,
  repository: string,
  actions: readonly string[],
  credential?: Credential,
): Promise<Grant> {
  const url = urlOf(service);
  url.searchParams.set('scope', scopeOf(repository, actions));
  const headers = credential ? { authorization: credential.basic } : undefined;
  const { status, body } = await client.ask(url, { headers });
  if (DENIALS.includes(status)) return { kind: 'denied' };
  if (status !== 200) throw new CouldNotAsk(`the token service ${url.host} answers ${status} to a request for a token`);
  const token = tokenIn(url.host, body);
  if (token === undefined) return { kind: 'unusable', reason: 'the answer holds no token' };
  const reading = readToken(token, service.service, new Date());
  if (reading.kind === 'unusable') return reading;
  const rights = reading.kind === 'access' ? rightsIn(reading.access, repository) : undefined;
  return { kind: 'granted', authorization: `Bearer ${token}`, rights };
}

function urlOf({ realm, service }: TokenService): URL {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  return url;
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
