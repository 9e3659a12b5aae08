import type { Finding } from '../../shared/finding';

/** Kinds of findings of `tokens verify`. */
export type VerifyCode =
  /** The token has a right that stack.yaml does not declare, or lacks one that it declares. */
  | 'surplus'
  | 'missing'
  /** The registry refuses the login, or what its token service granted. */
  | 'refused'
  | 'refused-right'
  | 'expired'
  | 'other-user'
  /** The token service answers with a token that no registry may take. */
  | 'unusable'
  /** The registry asks nobody for a credential. */
  | 'open'
  /** An older credential still pulls where the registry refuses the token. */
  | 'fallback'
  /** The state of a previous token, or of a shared account. */
  | 'revoked'
  | 'dead'
  | 'alive'
  /** The command found no token, or the registry did not answer. */
  | 'no-token'
  | 'not-asked'
  | 'no-answer'
  | 'public'
  | 'empty'
  | 'absent'
  | 'not-provable'
  /** A push token pushed something. */
  | 'pushed';

/** A finding about a credential; its subject is the credential's label. */
export interface VerifyFinding extends Finding<VerifyCode> {
  /** @default - the credential wherever it is used */
  readonly repository?: string;
}
