import { resolveMirror } from '../mirror/resolve';
import type { ResolvedMirror } from '../mirror/resolved';
import type { NamedTokensCluster } from '../tokens/model/cluster';
import type { SecuredStackProps } from './secured-stack-props';

/** One cluster's whole stack, with a value for every setting. */
export interface ResolvedStack {
  readonly mirror: ResolvedMirror;
  readonly tokens: NamedTokensCluster & { readonly today?: string };
  /** Whether the API server refuses misuse of tokens. */
  readonly admission: boolean;
}

/**
 * Gives every setting of a cluster its value: the only step that knows defaults. The mirror's are in `src/mirror/props/defaults.ts`.
 *
 * @param settings the settings, without mistakes
 */
export function resolveStack(settings: SecuredStackProps): ResolvedStack {
  return { mirror: resolveMirror(settings), tokens: settings, admission: settings.admission?.policies ?? true };
}
