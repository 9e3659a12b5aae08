import type { RegistryDriver } from '../../../config/organization-tokens-props';
import type { Action } from '../../../config/tokens/model';

/** How a kind of registry differs from the specification of its token service. */
export interface Dialect {
  /** Statuses that say of a login that the credential is dead. Any other that is no success says it of nobody. */
  readonly deadLogins: readonly number[];
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
  actionOf: (right) => right,
  hidesDelete: false,
  createsOnGrant: false,
};

const DIALECTS: Partial<Record<RegistryDriver, Dialect>> = {
  // dex#2672, ark#532
  ghcr: { ...SPECIFIED, deadLogins: [401, 403] },
  // 400 is what a token comes to that was cut or made up (aws-cli#4962), 403 one whose 12 hours are over.
  ecr: { ...SPECIFIED, deadLogins: [400, 401, 403] },
  // Any scope with `delete` is a bad request there, and `*` for a repository that is not there is a server error (endpoints/v2/v2auth.py).
  // A manifest is deleted with the right to push (endpoints/v2/manifest.py).
  quay: {
    ...SPECIFIED,
    actionOf: (right) => (right === 'delete' ? '*' : right),
    hidesDelete: true,
    createsOnGrant: true,
  },
  // A container repository is made when a push is authorised (app/services/auth/container_registry_authentication_service.rb).
  gitlab: { ...SPECIFIED, createsOnGrant: true },
};

/** How a kind of registry is to be asked. */
export function dialectOf(driver: RegistryDriver): Dialect {
  return DIALECTS[driver] ?? SPECIFIED;
}
