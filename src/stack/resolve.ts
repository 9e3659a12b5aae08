import { resolveGuards } from '../guards/resolve';
import type { ResolvedGuards } from '../guards/resolved';
import { resolveMirror } from '../mirror/resolve';
import type { ResolvedMirror } from '../mirror/resolved';
import { type ResolvedMonitoring, resolveMonitoring } from '../monitoring/resolve';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { resolveTokens } from '../tokens/resolve';
import type { ClusterProps } from './cluster-props';
import type { ObjectSettings } from './object-settings';
import type { PatchProps } from './patch-props';

/** What all objects have in common, with a value for every setting. */
export type ResolvedObjects = Required<ObjectSettings>;

/** One cluster's whole stack, with a value for every setting. */
export interface ResolvedStack {
  readonly mirror: ResolvedMirror;
  readonly tokens: ResolvedTokens;
  readonly objects: ResolvedObjects;
  /** What the API server refuses in the whole cluster; nothing when undefined. */
  readonly guards?: ResolvedGuards;
  /** What watches the mirror. */
  readonly monitoring: ResolvedMonitoring;
  /** Changes of the objects, applied after all else. */
  readonly patches: readonly PatchProps[];
}

/**
 * Gives every setting of a cluster its value: the only step that knows defaults. Each wing resolves its own settings, the mirror's with
 * the defaults of `src/mirror/props/defaults.ts`; here is what one wing gets from the other.
 *
 * @param settings the settings, without mistakes
 */
export function resolveStack(settings: ClusterProps): ResolvedStack {
  const [mirror, tokens] = [resolveMirror(settings), resolveTokens(settings)];
  const imagePullSecrets = [...new Set([...mirror.imagePullSecrets, ...tokens.mirrorPullSecrets])];
  const objects = { labels: settings.labels ?? {}, annotations: settings.annotations ?? {} };
  return {
    mirror: { ...mirror, imagePullSecrets },
    tokens,
    objects,
    guards: resolveGuards(settings, mirror),
    monitoring: resolveMonitoring(settings),
    patches: settings.patches ?? [],
  };
}
