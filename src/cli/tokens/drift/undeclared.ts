import type { ResolvedSharedAccount, ResolvedToken } from '../../../tokens/model/resolved';
import { keyText } from '../../docker-config/key';
import { finding } from '../../shared/finding';
import { names } from '../../shared/table';
import type { RegistryEntry, SecretUse } from '../use/facts';
import { call, type DriftFinding, secretText } from './finding';
import { type DriftFacts, type Places, pathOf } from './places';
import type { User } from './users';

/** Secrets with a credential of an organisation, where stack.yaml has none. */
export function undeclaredFindings(facts: DriftFacts, users: User[], places: Places): DriftFinding[] {
  const { tokens, use } = facts;
  return use.secrets.flatMap((secret): DriftFinding[] => {
    const account = places.accounts.find((account) => isOf(account, secret, tokens));
    if (account) return accountFindings(account, secret, facts, places);
    if (places.isDeclared(secret)) return [];
    const { name, entries } = secret;
    const namesakes = places.tokenOf(name);
    if (namesakes) {
      const code = namesakes.kind === 'push' ? 'push-spread' : 'spread';
      const what = `it has the name of ${call(namesakes)}'s Secret, which is not declared for this namespace`;
      return [finding('problem', code, secretText(secret), `${what}; ${usedText(secret, users)}`, removal(secret))];
    }
    const robot = pushRobot(entries, tokens);
    if (robot) {
      const what = `it has the user of ${call(robot)}, ${robot.user}; ${usedText(secret, users)}`;
      return [finding('problem', 'push-spread', secretText(secret), what, removal(secret))];
    }
    const found = entries.filter((entry) => isOfOrganization(entry, tokens));
    if (found.length === 0) return [];
    const keys = names([...new Set(found.map(keyText))]);
    const what = `it has a credential for ${keys} and is no declared token's; ${usedText(secret, users)}`;
    return [
      finding('problem', 'undeclared-secret', secretText(secret), what, `declare its token, or ${removal(secret)}`),
    ];
  });
}

/** Secrets that nodes cannot use, and whose owner stays unknown. */
export function unreadableFindings({ use, tokens }: DriftFacts): DriftFinding[] {
  const judged = (secret: SecretUse) =>
    tokens.some(({ secret: name, namespaces }) => name === secret.name && namespaces.includes(secret.namespace));
  return use.secrets
    .filter((secret) => secret.content === 'malformed' && !judged(secret))
    .map((secret) =>
      finding(
        'warning',
        'unreadable',
        secretText(secret),
        'nodes cannot use it, and whose credential is in it was not read: it is not a docker configuration',
        'see what it is for, or delete it',
      ),
    );
}

/** Whether a Secret is a shared account's: by its name, or by its user if that is no token's. */
function isOf(
  { registry, user, secret: name }: ResolvedSharedAccount,
  secret: SecretUse,
  tokens: ResolvedToken[],
): boolean {
  if (secret.name === name) return true;
  const unique = !tokens.some((token) => token.registry === registry && token.user === user);
  return unique && secret.entries.some((entry) => entry.registry === registry && entry.user === user);
}

function accountFindings(
  account: ResolvedSharedAccount,
  secret: SecretUse,
  { today, spelling }: DriftFacts,
  places: Places,
): DriftFinding[] {
  const lastDay = account.lastDay;
  const todo = `see what this says: ${spelling.asking('retire')}`;
  if (today > lastDay) {
    const what = `the shared account ${account.user} is still here; its last day was ${lastDay}`;
    return [finding('problem', 'shared-account', secretText(secret), what, todo)];
  }
  if (places.isDeclared(secret)) return [];
  const what = `the shared account ${account.user} is here, and stack.yaml (usedBy) does not say so`;
  return [finding('warning', 'shared-account', secretText(secret), what, todo)];
}

/** Where tokens have users of their own, a user tells that it is one that pushes. */
function pushRobot(entries: RegistryEntry[], tokens: ResolvedToken[]): ResolvedToken | undefined {
  return tokens.find(
    (token) =>
      token.kind === 'push' &&
      !tokens.some(
        (other) => other.kind === 'pull' && other.registry === token.registry && other.user === token.user,
      ) &&
      token.user !== token.organization &&
      entries.some((entry) => entry.registry === token.registry && entry.user === token.user),
  );
}

function isOfOrganization({ registry, path, user }: RegistryEntry, tokens: ResolvedToken[]): boolean {
  return tokens.some(
    (token) =>
      token.registry === registry &&
      (user === token.organization ||
        user === token.user ||
        `${path}/`.startsWith(`${token.organization.toLowerCase()}/`)),
  );
}

function usedText(secret: SecretUse, users: User[]): string {
  const by = users.filter(
    ({ namespace, pulls, reads }) =>
      namespace === secret.namespace && (pulls.includes(secret.name) || reads.includes(secret.name)),
  );
  return by.length === 0 ? 'nothing names it' : `used by ${names(by.map(({ where }) => where))}`;
}

function removal(secret: SecretUse): string {
  const made = secret.owner ? `, with ${secret.owner.kind} ${secret.owner.name} that makes it` : '';
  return `delete ${pathOf(secret)} when nothing names it any more${made}`;
}
