import { Credential } from '../../registry/credential';
import { askHelper } from '../credential-helper';
import type { Holder } from './text';

/** Who has a helper's entry. */
export async function holderAtHelper(name: string, server: string, user: string, token: string): Promise<Holder> {
  const there = await askHelper(name, server);
  if (there === undefined) return 'nobody';
  if (there.equals(new Credential(user, token))) return 'same';
  return there.user === user ? 'same user' : 'other';
}
