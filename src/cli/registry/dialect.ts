import type { Action } from '../../tokens/model/resolved';
import type { RegistryDriver } from '../../tokens/props/organization-tokens-props';
import { isObject, parsed } from '../shared/json';
import type { Answer } from './client';

/** How a kind of registry differs from the specification of its token service. */
export interface Dialect {
  /** Statuses that say of a login that the credential is dead. Any other that is no success says it of nobody. */
  readonly deadLogins: readonly number[];
  /** Statuses that say so only with the error code DENIED: without, they may come from what stands before the registry. */
  readonly deniedLogins: readonly number[];
  /** The action to ask for to learn of a right. */
  readonly actionOf: (right: Action) => string;
  /** Whether the right to delete has no name of its own: who administers may delete, and others may too. */
  readonly hidesDelete: boolean;
  /** Whether granting more than `pull` for a repository that is not there makes it. */
  readonly createsOnGrant: boolean;
}

const SPECIFIED: Dialect = {
  // 403 may be a living account without any right, or an address that was shut out for a while.
  deadLogins: [401],
  deniedLogins: [],
  actionOf: (right) => right,
  hidesDelete: false,
  createsOnGrant: false,
};

// Any scope with `delete` is a bad request there, and `*` for a repository that is not there is a server error (endpoints/v2/v2auth.py).
// A manifest is deleted with the right to push (endpoints/v2/manifest.py).
const QUAY: Dialect = {
  ...SPECIFIED,
  actionOf: (right) => (right === 'delete' ? '*' : right),
  hidesDelete: true,
  createsOnGrant: true,
};

// A container repository is made when a push is authorised (app/services/auth/container_registry_authentication_service.rb).
const GITLAB: Dialect = { ...SPECIFIED, createsOnGrant: true };

const DIALECTS: Partial<Record<RegistryDriver, Dialect>> = {
  // dex#2672, ark#532
  ghcr: { ...SPECIFIED, deniedLogins: [403] },
  // 400 is what a token comes to that was cut or made up (aws-cli#4962), 403 one whose 12 hours are over.
  ecr: { ...SPECIFIED, deadLogins: [400, 401], deniedLogins: [403] },
  quay: QUAY,
  gitlab: GITLAB,
};

/**
 * How a kind of registry is to be asked. Quay and GitLab are known by the path of their token service too: one of one's own may be
 * declared without its driver.
 *
 * @param driver its kind, as declared
 * @param realm its token service, if it has one
 */
export function dialectOf(driver: RegistryDriver, realm?: URL): Dialect {
  const path = realm?.pathname.replace(/\/$/, '') ?? '';
  const known = path.endsWith('/v2/auth') ? QUAY : path.endsWith('/jwt/auth') ? GITLAB : SPECIFIED;
  return DIALECTS[driver] ?? known;
}

/** Whether the answer to a login says that the credential is dead. */
export function isDead({ deadLogins, deniedLogins }: Dialect, { status, body }: Answer): boolean {
  return deadLogins.includes(status) || (deniedLogins.includes(status) && isDenied(body));
}

/** Whether an answer is a registry's own, with the error code DENIED. */
function isDenied(body: string): boolean {
  const answer = parsed(body);
  const errors = isObject(answer) ? answer.errors : undefined;
  return Array.isArray(errors) && errors.some((error) => isObject(error) && error.code === 'DENIED');
}
