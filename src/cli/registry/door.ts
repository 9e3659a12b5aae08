import { challengesOf } from './challenge';
import type { Client } from './client';
import { CouldNotAsk } from './could-not-ask';

/** How a registry wants to be asked: with a token of its token service, with the credential itself, or anyhow. */
export type Door =
  | { readonly kind: 'bearer'; readonly realm: URL; readonly service?: string }
  | { readonly kind: 'basic' }
  | { readonly kind: 'open' };

/**
 * Asks a registry, without a credential, how it wants to be asked.
 *
 * @param client asks
 * @param host where its API is
 * @throws CouldNotAsk when it is no registry, or its token service cannot be asked safely
 */
export async function doorOf(client: Client, host: string): Promise<Door> {
  const { status, headers } = await client.ask(new URL(`https://${host}/v2/`));
  if (status === 200) return { kind: 'open' };
  if (status !== 401) {
    throw new CouldNotAsk(`${host} answers ${status} where a registry asks for a credential: is it a registry?`);
  }
  return doorIn(host, headers.get('www-authenticate') ?? '');
}

/**
 * How a registry wants to be asked, by its WWW-Authenticate.
 *
 * @param host where its API is
 * @param header the value
 * @throws CouldNotAsk when it names no way that is safe
 */
export function doorIn(host: string, header: string): Door {
  const challenges = challengesOf(header);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) {
    return { kind: 'bearer', realm: realmIn(host, bearer.parameters), service: bearer.parameters.get('service') };
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) return { kind: 'basic' };
  throw new CouldNotAsk(`${host} names no known authentication scheme: expected Bearer or Basic`);
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
