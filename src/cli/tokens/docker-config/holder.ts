import { askHelper } from '../../docker-config/credential-helper';
import type { AuthEntry } from '../../docker-config/edit';
import type { ConfigEntry } from '../../docker-config/entry';
import { Credential } from '../../registry/credential';

/** Who has an entry: nobody, the same credential, the same user with another token, or somebody else. */
export type Holder = 'nobody' | 'same' | 'same user' | 'other';

/**
 * Who has an entry of a docker configuration.
 *
 * @param found the existing entry
 * @param user the user name of the new one
 * @param entry the new one
 */
export function holderInFile(found: ConfigEntry | undefined, user: string, entry: AuthEntry): Holder {
  if (found === undefined || (found.isBlank && !found.hasMore)) return 'nobody';
  if (found.auth === entry.auth) return 'same';
  return found.user === user ? 'same user' : 'other';
}

/** Who has a helper's entry. */
export async function holderAtHelper(name: string, server: string, user: string, token: string): Promise<Holder> {
  const found = await askHelper(name, server);
  if (found === undefined) return 'nobody';
  if (found.equals(new Credential(user, token))) return 'same';
  return found.user === user ? 'same user' : 'other';
}
