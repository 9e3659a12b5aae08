import type { GuardsSettings } from '../guards/props/guards-settings';
import type { MirrorSettings } from '../mirror/props/mirror-settings';
import type { PodSettings } from '../mirror/props/pod-settings';
import type { MonitoringSettings } from '../monitoring/props/monitoring-settings';
import type { TokensSettings } from '../tokens/props/tokens-settings';
import type { ObjectSettings } from './object-settings';
import type { PatchProps } from './patch-props';

/** One cluster's whole stack: the mirror, its auth proxy, its node agent, who may reach them, the organisation tokens, and the guards. */
export interface ClusterProps
  extends TokensSettings,
    GuardsSettings,
    MonitoringSettings,
    PodSettings,
    ObjectSettings,
    MirrorSettings {
  /**
   * Changes of the objects that the stack makes, for what has no key: docs/patches.md.
   *
   * @default - none
   */
  readonly patches?: PatchProps[];
}
