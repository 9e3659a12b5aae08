import { challengesOf } from './challenge';
import type { Client } from './client';
import { CouldNotAsk } from './failure';

/** How a registry authenticates (RFC 9110): by a token of its token service, by the credential itself, or not at all. */
export type AuthScheme =
  | { readonly kind: 'bearer'; readonly realm: URL; readonly service?: string }
  | { readonly kind: 'basic' }
  | { readonly kind: 'open' };

/**
 * Asks a registry, without a credential, for its auth scheme.
 *
 * @param client asks
 * @param host the host of its API
 * @throws CouldNotAsk when it is no registry, or its token service is not safe
 */
export async function askAuthScheme(client: Client, host: string): Promise<AuthScheme> {
  const { status, headers } = await client.ask(new URL(`https://${host}/v2/`));
  if (status === 200) return { kind: 'open' };
  if (status !== 401) {
    throw new CouldNotAsk(`${host} answers ${status} where a registry asks for a credential: is it a registry?`);
  }
  return authSchemeIn(host, headers.get('www-authenticate') ?? '');
}

/**
 * The auth scheme in a header WWW-Authenticate.
 *
 * @param host the host of its API
 * @param header the header's value
 * @throws CouldNotAsk when it names no safe scheme
 */
export function authSchemeIn(host: string, header: string): AuthScheme {
  const challenges = challengesOf(header);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) {
    return { kind: 'bearer', realm: realmIn(host, bearer.parameters), service: bearer.parameters.get('service') };
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) return { kind: 'basic' };
  throw new CouldNotAsk(`${host} names no known auth scheme: expected Bearer or Basic`);
}

function realmIn(host: string, parameters: ReadonlyMap<string, string>): URL {
  const realm = parameters.get('realm');
  if (realm === undefined || !URL.canParse(realm)) {
    throw new CouldNotAsk(`${host} does not say where its token service is: its challenge has no realm that is a URL`);
  }
  const url = new URL(realm);
  if (url.protocol !== 'https:') {
    throw new CouldNotAsk(
      `${host} names a token service without TLS: no token is sent to ${url.protocol}//, only to https://`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new CouldNotAsk(`${host} names a token service whose URL carries a credential: it is not asked`);
  }
  return url;
}
