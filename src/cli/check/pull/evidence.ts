import { containers } from '../../../mirror/contract/names';
import type { PeerRequest } from '../../../mirror/contract/peer-request';
import { ANY_REGISTRY } from '../../../mirror/rules/registries';
import type { Kubectl } from '../../kubectl/kubectl';
import { kubectlError } from '../../kubectl/kubectl-error';
import { askNodes, type NodeFacts } from '../../status/nodes';
import type { Layer } from './layers';
import { type Origin, originsOf, peerRequestsIn } from './origins';
import { lookUntil, type Patience } from './patience';

/** Facts about a pull, as the mirror knows them. */
export interface Evidence {
  /** The layers that arrived, and where from. */
  readonly origins: readonly Origin[];
  /** Requests of the node's proxy to peers. */
  readonly requests: readonly PeerRequest[];
  /**
   * Whether the node's containerd asked the mirror.
   *
   * @default - nobody counted
   */
  readonly asked?: boolean;
}

/** A pull that has just ended. */
export interface EndedPull {
  /** The mirror of the node that pulled, as it was before. */
  readonly mirror: NodeFacts;
  readonly registry: string;
  /** The layers that arrived. */
  readonly layers: readonly Layer[];
  /** Seconds since it began. */
  readonly seconds: number;
}

/** Gathers it: from the log of the node's proxy, and where no peer was asked, from the counters of its agent. */
export async function evidenceOf(kubectl: Kubectl, pull: EndedPull, patience: Patience): Promise<Evidence> {
  const { mirror, layers, seconds } = pull;
  const begin = performance.now() - seconds * 1000;
  const seen = await lookUntil(
    patience.log,
    patience.pause,
    async () => {
      const since = Math.ceil((performance.now() - begin) / 1000);
      const requests = peerRequestsIn(await logOf(kubectl, mirror.pod, since));
      return { requests, origins: originsOf(layers, requests) };
    },
    ({ origins }) => origins.every(({ registry }) => registry === 0),
  );
  return { ...seen, asked: seen.requests.length > 0 || (await wasAsked(kubectl, pull, patience)) };
}

/** Whether the agent has counted requests since the pull began. */
async function wasAsked(kubectl: Kubectl, { mirror, registry }: EndedPull, patience: Patience) {
  const before = countOf(mirror, registry);
  if (before === undefined) return undefined;
  const after = await lookUntil(
    patience.report,
    patience.pause,
    async () => {
      const now = (await askNodes(kubectl)).find(({ node }) => node === mirror.node);
      return now && countOf(now, registry);
    },
    (count) => count !== undefined && count > before,
  );
  return after === undefined ? undefined : after > before;
}

/** Requests for a registry that the agent has counted. */
function countOf({ report }: NodeFacts, registry: string): number | undefined {
  const { requests } = report?.usage ?? {};
  return requests && (requests[registry] ?? requests[ANY_REGISTRY] ?? 0);
}

/** What a proxy has logged lately. The node's own clock decides: that of this machine may differ. */
async function logOf(kubectl: Kubectl, pod: string, seconds: number): Promise<string> {
  const words = ['--request-timeout=30s', 'logs', pod, '--container', containers.proxy, `--since=${seconds}s`];
  const { status, stdout, stderr } = await kubectl.run(words);
  if (status !== 0) throw kubectlError(stderr);
  return stdout;
}
