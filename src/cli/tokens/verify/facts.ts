import type { Probe } from '../../registry/push-probe';
import type { Pull } from '../../registry/repository';
import type { Rights } from '../../registry/scope';
import type { Subject } from './subjects';

/** What a registry answered about a credential and a repository. */
export interface RepositoryFacts {
  readonly repository: string;
  /** What became of the question: only when `asked` the rest is known. */
  readonly outcome: Outcome;
  readonly rights: Rights;
  /**
   * Why a right stays unknown: the registry's tokens do not say it, it has no such right of its own, asking would make
   * the repository, or the repository does not exist, or is hidden.
   *
   * @default - nothing is known
   */
  readonly whyUnknown?: 'opaque' | 'no such right' | 'creates' | 'absent';
  /** @default - not tried */
  readonly pull?: Pull;
  /** Whether everybody may pull from it; asked only where it matters. */
  readonly isPublic: boolean;
  /** @default - not tried */
  readonly probe?: Probe;
}

/** What became of a question. */
export type Outcome =
  | { readonly kind: 'asked' }
  /** The user name and the token do not go together, or no longer. */
  | { readonly kind: 'refused' }
  /** The registry asks nobody for a credential. */
  | { readonly kind: 'open' }
  /** The token service gave a token that no registry may take. */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'could not be asked'; readonly reason: string };

/** What is known of a credential. */
export interface CredentialFacts {
  readonly subject: Subject;
  /** How it is called in sentences: the subject, and where it was found if it was found more than once. */
  readonly label: string;
  /** User name that was found with it. */
  readonly user: string;
  readonly repositories: readonly RepositoryFacts[];
}

/** All that is known. */
export interface VerifyFacts {
  /** As YYYY-MM-DD. */
  readonly today: string;
  readonly credentials: readonly CredentialFacts[];
  /** Credentials that are declared and were not found, in sentences. */
  readonly missing: readonly string[];
  /** Tokens that nobody asks here, and why. */
  readonly notAsked: readonly { readonly label: string; readonly why: string }[];
}
