import { constants as c } from './constants';
import { libp2pInbound, lookupsThatFind, mesh, routerInbound } from './mesh';
import { type Limits, ROLLOUTS, type Rollout } from './rollouts';
import { figure, percent, table } from './table';

const NODES = [10, 100, 1000, 5000];
/** GiB of memory of a node. */
const SIZES = [8, 16, 64, 256];

/** What the routers do in a rollout, and what everything does at rest. */
export function meshSections(limits: Limits): string[] {
  return [
    "## Spegel's router is full first",
    `The records of a layer, which say who holds it, are on ${c.recordHolders.value} nodes. In a rollout every node asks them and tells them, over a connection that stays open for a minute. libp2p accepts ${c.libp2pInbound.value} connections, and as many more for
each 8 GiB of the node's memory; the proxy passes on at most \`requests\`. A lookup needs one of the ${c.recordHolders.value}. So it is with plain Spegel too, and no argument of Spegel's changes it. A node whose router is full keeps serving layers.`,
    lookups(limits),
    '## At rest',
    rest(),
    aboutRest(),
  ];
}

function lookups(limits: Limits): string {
  const kinds: readonly Rollout[] = [ROLLOUTS.paced, ROLLOUTS.once];
  const accepted = (gib: number) => Math.min(libp2pInbound(gib), limits.requests);
  const rows = kinds.flatMap(({ name, perSecond }) =>
    NODES.map((nodes) => {
      const asked = perSecond ? routerInbound(nodes, 1.5 * perSecond, perSecond) : routerInbound(nodes, nodes, nodes);
      return [
        name,
        figure(nodes),
        figure(asked),
        ...SIZES.map((gib) => percent(lookupsThatFind(asked, accepted(gib)))),
      ];
    }),
  );
  const found = SIZES.map(
    (gib) => `Lookups that find a holder, nodes of ${gib} GiB (${figure(accepted(gib))} accepted)`,
  );
  return table(['Rollout', 'Nodes', 'Connections to a router with records', ...found], rows);
}

function rest(): string {
  const rows = NODES.map((nodes) => {
    const { routingTable, connections, dialled, handshakeMillicores, dnsBytes, dnsAddresses, ...others } = mesh(nodes);
    const dns = `${figure(dnsBytes / 1024)}, ${dnsAddresses > c.udpAddresses.value ? 'TCP' : 'UDP'}`;
    const figures = [nodes, routingTable, connections, dialled, handshakeMillicores].map(figure);
    return [...figures, dns, ...[others.answerKib, others.watches, others.lastSecret].map(figure)];
  });
  const router = [
    'Peers in the routing table',
    'Connections of a router',
    'Dialled in a second',
    'CPU of handshakes, m',
  ];
  const others = ['DNS answer, KiB', 'Answer of a lookup, KiB', 'Watches', 'Last node has a Secret, s'];
  return table(['Nodes', ...router, ...others], rows);
}

function aboutRest(): string {
  const answers = (mesh(5000).answerKib * c.lookupAnswers.value) / 1024;
  return [
    `- **Routers** are connected to all others in a cluster of up to ${c.highWater.value} nodes. In a larger one each advertises its blobs to strangers within ${c.reprovide.value / 60} minutes, and keeps such a connection for a minute.`,
    `- **DNS**: a mirror asks for the addresses of all mirrors and dials the ${c.bootstrapPeers.value} lowest. With more than ${figure(c.tcpAddresses.value)} mirrors the answer is cut off without an error (measured), and still has ${c.bootstrapPeers.value}. When thousands of mirrors are installed at once, these accept some at a time, and the others try again after 10 seconds at most.`,
    `- **A lookup** gets a list of all holders from up to ${c.lookupAnswers.value} nodes: ${figure(answers)} MiB for each layer when 5,000 nodes hold it.`,
    `- **Secrets**: the kubelet brings a change within ${c.syncMost.value} seconds, whatever the size; \`propagationSeconds\`, 180, is twice as long. A kubelet watches ${c.watches.value} objects. The agents ask the API server for nothing.`,
    `- **cert-manager** renews ${c.certificates.value} certificates every 20 days, whatever the size, as the nodes share them.`,
    `- **Every ${c.connectionDuration.value / 60} minutes** a connection ends, so that no revoked identity stays: the handshakes are in the column for CPU.`,
  ].join('\n');
}
