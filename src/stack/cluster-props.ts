import type { MirrorSettings } from '../mirror/props/mirror-settings';
import type { TokensSettings } from '../tokens/props/tokens-settings';

/** One cluster's whole stack: the mirror, its auth proxy, its node agent, who may reach them, and the organisation tokens. */
export interface ClusterProps extends TokensSettings, MirrorSettings {}
