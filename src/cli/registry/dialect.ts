import type { Action } from '../../tokens/model/resolved';
import type { RegistryDriver } from '../../tokens/props/organization-tokens-props';
import { isObject, parsed } from '../shared/json';
import type { Answer } from './client';

/** How a kind of registry differs from the specification of its token service. */
export interface Dialect {
  /** Statuses of a login that mean a dead credential. No other status does. */
  readonly deadLogins: readonly number[];
  /** Statuses that mean it only with the error code DENIED: without, they may come from a proxy before the registry. */
  readonly deniedLogins: readonly number[];
  /** The action that proves a right. */
  readonly actionOf: (right: Action) => string;
  /** Whether the right to delete has no name of its own: who administers may delete, and others may too. */
  readonly hidesDelete: boolean;
  /** Whether granting more than `pull` for a missing repository makes it. */
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

// Any scope with `delete` is a bad request there, and `*` for a missing repository is a server error (endpoints/v2/v2auth.py).
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
 * The dialect of a kind of registry. The path of the token service reveals Quay and GitLab too: users may declare their own one
 * without its driver.
 *
 * @param driver its declared kind
 * @param realm its token service, if it has one
 */
export function dialectOf(driver: RegistryDriver, realm?: URL): Dialect {
  const path = realm?.pathname.replace(/\/$/, '') ?? '';
  const known = path.endsWith('/v2/auth') ? QUAY : path.endsWith('/jwt/auth') ? GITLAB : SPECIFIED;
  return DIALECTS[driver] ?? known;
}

/** Whether the answer to a login means a dead credential. */
export function isDead({ deadLogins, deniedLogins }: Dialect, { status, body }: Answer): boolean {
  return deadLogins.includes(status) || (deniedLogins.includes(status) && isDenied(body));
}

/** Whether an answer is a registry's own, with the error code DENIED. */
function isDenied(body: string): boolean {
  const answer = parsed(body);
  const errors = isObject(answer) ? answer.errors : undefined;
  return Array.isArray(errors) && errors.some((error) => isObject(error) && error.code === 'DENIED');
}
