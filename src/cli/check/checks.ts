import type { Check } from './check';
import { clusterVersion } from './cluster/cluster-version';

/** What a run looks at. */
export interface Selection {
  /** Whether nothing is installed yet. */
  readonly pre: boolean;
  /** Whether it pulls an image as a proof. */
  readonly pull: boolean;
  /**
   * The image that it pulls.
   *
   * @default - one that a node has and another lacks
   */
  readonly image?: string;
}

const clusterChecks: readonly Check[] = [clusterVersion];

/** All checks, in the order in which people read them. */
export const checks: readonly Check[] = [...clusterChecks];

/** The checks of a run. */
export function checksFor({ pre }: Selection): readonly Check[] {
  return checks.filter(({ when }) => when === 'always' || when === (pre ? 'before' : 'after'));
}
