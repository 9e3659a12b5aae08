import type { ResolvedPullToken } from '../../../tokens/model/resolved';
import { covers, isLastResort, keyText } from '../../docker-config/key';
import { finding } from '../../shared/finding';
import { names } from '../../shared/table';
import { call, type DriftFinding } from './finding';
import type { DriftFacts, Places } from './places';
import type { User } from './users';

/**
 * Credentials that the kubelet falls back to when a token is refused, so that nobody notices that it was revoked: keys that also fit a
 * token's repository and are shorter (facts: a revoked token, then the host-wide account succeeds). For Docker Hub index.docker.io is
 * tried only when no key fits: it hides no token, and is there for every other image.
 */
export function maskFindings({ tokens, spelling }: DriftFacts, users: User[], places: Places): DriftFinding[] {
  return users
    .filter(({ pulls }) => pulls.length > 0)
    .flatMap((user) =>
      user.all.flatMap((name) => {
        const proof = spelling.asking('verify', '--from-cluster');
        return ofSecret(user, name, tokens.filter(isPull), places, proof);
      }),
    );
}

function ofSecret(
  user: User,
  name: string,
  tokens: ResolvedPullToken[],
  places: Places,
  proof: string,
): DriftFinding[] {
  const { namespace, where, all } = user;
  const entries = places.secret(namespace, name)?.entries ?? [];
  const declared = places.tokenOf(name);
  const hidden = tokens.filter(
    (token) =>
      token.secret !== undefined &&
      all.includes(token.secret) &&
      hasPaths(token, namespace, places) &&
      // Another finding names a token's key that is too wide, at its own Secret; it has no right to this one's repositories.
      (declared === undefined || declared === token),
  );
  const masks = (token: ResolvedPullToken) =>
    entries.filter(
      (entry) =>
        entry.registry === token.registry &&
        token.repositories.some((repository) => entry.path !== repository && covers(entry, token.registry, repository)),
    );
  const masked = hidden.filter((token) => masks(token).length > 0);
  const last = entries.find(
    (entry) => isLastResort(entry) && hidden.some((token) => token.registry === entry.registry),
  );
  const todo =
    declared === undefined
      ? `take ${name} out when the token works, which this says: ${proof}`
      : `take that key out of the Secret ${namespace}/${name}`;
  const warning = (what: string) => [finding('warning', 'masks', where, `${name} has the key ${what}`, todo)];
  if (masked.length > 0) {
    const keys = names([...new Set(masked.flatMap(masks).map(keyText))]);
    return warning(`${keys}, which nodes fall back to silently when ${names(masked.map(call))} is revoked`);
  }
  return last ? warning(`${keyText(last)}, which nodes take for every image of Docker Hub that no other key fits`) : [];
}

/** Whether a token's Secret has a key with a path, which a shorter one can stand in for. */
function hasPaths(token: ResolvedPullToken, namespace: string, places: Places): boolean {
  const entries = token.secret === undefined ? [] : (places.secret(namespace, token.secret)?.entries ?? []);
  return entries.some(({ registry, path }) => registry === token.registry && token.repositories.includes(path));
}

function isPull(token: DriftFacts['tokens'][number]): token is ResolvedPullToken {
  return token.kind === 'pull';
}
