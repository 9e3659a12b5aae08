/** The next rotation of every token of a cluster. Plain JSON. */
export interface Plan {
  readonly cluster: string;
  /** The day on which dates are judged, as YYYY-MM-DD. */
  readonly today: string;
  /** Whether nothing is overdue and all fits while tokens are replaced. */
  readonly ok: boolean;
  readonly quotas: PlanQuota[];
  /** Overdue ones first, then the ones whose rotation runs or should begin, then the others by date. */
  readonly tokens: TokenPlan[];
}

/** How many tokens an organisation has, now and while some are replaced. */
export interface PlanQuota {
  readonly organization: string;
  readonly registry: string;
  /** All existing tokens, previous ones among them. */
  readonly now: number;
  /** How many are replaced at the same time. */
  readonly replacedAtOnce: number;
  /** All while that many exist twice. */
  readonly peak: number;
  /** What it may have; left out where that is not known. */
  readonly limit?: number;
  readonly fits: boolean;
}

/** The next rotation of a token, or the one that runs. */
export interface TokenPlan {
  readonly purpose: string;
  readonly kind: 'pull' | 'push';
  readonly organization: string;
  readonly registry: string;
  readonly owner: string;
  readonly state: PlanState;
  /** Day on which the old one is revoked, as YYYY-MM-DD; left out where it is not known. */
  readonly due?: string;
  /** Days since then, of what is overdue. */
  readonly daysOver?: number;
  /** What to know besides. */
  readonly notes: string[];
  readonly steps: PlanStep[];
}

/**
 * Where a rotation stands. overdue: its day has passed; running: both tokens are in use; due: it should begin; later: it has time;
 * unplanned: neither `created` nor `expires` is known; provided: a credential provider brings the credential, so nothing is stored.
 */
export type PlanState = 'overdue' | 'running' | 'due' | 'later' | 'unplanned' | 'provided';

/** One step of a rotation. */
export interface PlanStep {
  /** 1 to 7. */
  readonly step: number;
  readonly name: StepName;
  /** Day on which it is done, as YYYY-MM-DD. */
  readonly day?: string;
  /** Its last day, where it takes many. */
  readonly until?: string;
  readonly who: string;
  /** What is done, in sentences. */
  readonly what: string[];
  /** What to type, in bash or zsh; none holds a token. One may have many lines. */
  readonly commands: string[];
}

/** The steps, in their order. */
export const STEPS = ['make', 'hand over', 'apply', 'verify', 'wait', 'revoke', 'delete'] as const;

/** Name of a step. */
export type StepName = (typeof STEPS)[number];
