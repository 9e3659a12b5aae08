import type { ResolvedSharedAccount } from '../../../tokens/model/resolved';
import type { Named, Owner } from '../use/facts';

/** A shared account of stack.yaml. */
export interface Account extends ResolvedSharedAccount {
  /** Whether its user is nobody else's: the user does not distinguish it from a token with the same one. */
  readonly byUser: boolean;
  /** What applying stack.yaml leaves of a list of pull secrets. */
  readonly applied: AppliedList;
}

/** Where a shared account still is. */
export interface RetireVerdict {
  readonly organization: string;
  readonly registry: string;
  readonly user: string;
  readonly secret: string;
  /** Last day on which it may be used, its extension counted. */
  readonly lastDay: string;
  /** Days until then; negative after it. */
  readonly daysLeft: number;
  /** The first last day, and why there is another. */
  readonly extended?: { readonly from: string; readonly reason: string };
  /** Whether Secrets were also found by their user. */
  readonly byUser: boolean;
  /** Its users by stack.yaml. */
  readonly declared: string[];
  readonly namespaces: NamespaceHolding[];
  /** What names a Secret that is gone: it can do nothing, and comes back to life with a Secret of that name. */
  readonly dangling: Step[];
  /** Whether nothing has it any more. */
  readonly gone: boolean;
}

/** What has a shared account in a namespace. */
export interface NamespaceHolding {
  readonly namespace: string;
  readonly secrets: SecretHolding[];
  readonly serviceAccounts: Reference[];
  readonly workloads: Reference[];
  readonly pods: PodsHolding[];
  /** What to do now. The next run says what comes after it. */
  readonly next: Step[];
}

/** A Secret with the account. */
export interface SecretHolding extends Named {
  /** By what it was found. */
  readonly by: 'name' | 'user' | 'name and user';
  /** What makes it, and would make it again. */
  readonly owner?: Owner;
  /** Whether it holds other credentials too. */
  readonly shared: boolean;
  /** Whether something names it. */
  readonly named: boolean;
}

/** A ServiceAccount or a workload that names Secrets of the account. */
export interface Reference extends Named {
  readonly kind: string;
  /** Secrets that it pulls with. */
  readonly secrets: string[];
  /** Secrets that its containers read. */
  readonly reads: string[];
  /** What it pulls with without them. */
  readonly rest: string[];
  /** All that it pulls with, as its list is written. */
  readonly list: string[];
}

/** Pods of one workload, or a pod of its own, that name Secrets of the account. */
export interface PodsHolding extends Omit<Reference, 'rest' | 'list'> {
  readonly count: number;
  /** Whether their template or they themselves say so: else they have it from their ServiceAccount, from when they were made. */
  readonly own: boolean;
}

/** Says what applying stack.yaml leaves of an object's list of pull secrets; nothing where others set the list. */
export type AppliedList = (object: Reference) => string[] | undefined;

/** Something to do. */
export interface Step {
  readonly what: string;
  /** The command to type, where there is one. */
  readonly command?: string;
}
