import { hostKey } from '../../../tokens/model/registries';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import type { Tool } from '../../docker-config/tool';

/** Under which keys a tool looks for a token; of a repository it takes the first. */
export function keysFor(tool: Tool, { registry, repositories }: ResolvedToken): string[] {
  if (tool === 'containers') return repositories.map((repository) => `${registry}/${repository}`);
  return [hostKey(registry)];
}

/**
 * Other tokens that a tool would look for under the same key and user: an entry does not show which of them it has.
 *
 * @param tool whose configuration it is
 * @param token one token
 * @param all all of the stack
 */
export function rivalsOf(tool: Tool, token: ResolvedToken, all: ResolvedToken[]): ResolvedToken[] {
  const keys = keysFor(tool, token);
  return all.filter(
    (other) =>
      other.purpose !== token.purpose &&
      other.user === token.user &&
      keysFor(tool, other).some((key) => keys.includes(key)),
  );
}
