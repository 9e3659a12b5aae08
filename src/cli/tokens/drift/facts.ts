import type { Spelling } from '../../../stack/spelling';
import type { ResolvedToken, ResolvedTokens } from '../../../tokens/model/resolved';
import type { ClusterUse } from '../use/facts';

/** stack.yaml, and what the cluster uses. */
export interface DriftFacts {
  readonly cluster: ResolvedTokens;
  readonly tokens: ResolvedToken[];
  readonly use: ClusterUse;
  /** The day on which dates are judged. */
  readonly today: string;
  /** How commands are spelled for the user. */
  readonly spelling: Spelling;
}
