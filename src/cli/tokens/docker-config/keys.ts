import { dockerCredential } from '../../../tokens/model/docker-config';
import { hostKey } from '../../../tokens/model/registries';
import type { ResolvedToken } from '../../../tokens/model/resolved';

/** Whose configuration it is: docker knows hosts, containers tools (podman, skopeo, buildah) repositories. */
export type Tool = 'docker' | 'containers';

/** A credential as such a file has it. */
export interface AuthEntry {
  readonly auth: string;
}

/** Under what a tool looks for a token; the first of a repository is the one that it takes. */
export function keysFor(tool: Tool, { registry, repositories }: ResolvedToken): string[] {
  if (tool === 'containers') return repositories.map((repository) => `${registry}/${repository}`);
  return [hostKey(registry)];
}

/** A user name and a token as both tools read them. */
export function entryOf(user: string, token: string): AuthEntry {
  return { auth: dockerCredential(user, token).auth };
}

/**
 * Other tokens that a tool would look for under the same key and user: which of them is there cannot be told.
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
