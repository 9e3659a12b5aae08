import { constants as c } from './constants';

/** What the routers of a cluster do, and what Kubernetes does for them, while nobody pulls. */
export interface Mesh {
  /** Peers in a router's routing table. */
  readonly routingTable: number;
  /** Connections of a router, dialled and accepted together. */
  readonly connections: number;
  /** Connections that a router dials in a second, and thousandths of a core that the handshakes cost its proxy. */
  readonly dialled: number;
  readonly handshakeMillicores: number;
  /** Bytes of a DNS answer with all mirrors, and how many of them it has. */
  readonly dnsBytes: number;
  readonly dnsAddresses: number;
  /** KiB of an answer when all nodes hold what is looked for. */
  readonly answerKib: number;
  /** Watches of kubelets at the API server. */
  readonly watches: number;
  /** Seconds until the last node has a changed Secret, as a mean. */
  readonly lastSecret: number;
}

/**
 * The mesh at rest.
 *
 * @param nodes nodes of the cluster
 */
export function mesh(nodes: number): Mesh {
  const others = nodes - 1;
  const routingTable = tableSize(nodes);
  // The peers in its table, and the peers that have it in theirs.
  const kept = Math.min(others, 2 * routingTable, c.highWater.value);
  // To advertise all its blobs again it visits every node that is near to one of them.
  const visited = others * (1 - Math.exp((-c.recordHolders.value * c.blobs.value) / nodes));
  const strangers = (visited / c.reprovide.value) * (1 - kept / others);
  const dialled = strangers + kept / 2 / c.connectionDuration.value;
  const addresses = Math.min(nodes, c.tcpAddresses.value);
  return {
    routingTable,
    connections: kept + 2 * strangers * c.grace.value,
    dialled,
    handshakeMillicores: dialled * (c.handshakeServed.value + c.handshakeDialled.value),
    dnsBytes: 16 * addresses + 80,
    dnsAddresses: addresses,
    answerKib: (nodes * c.providerBytes.value) / 1024,
    watches: nodes * c.watches.value,
    lastSecret: lastSecret(nodes),
  };
}

/** Half of the nodes differ in the first bit of their identity, a quarter in the second, and so on: of each such group a router knows 20. */
function tableSize(nodes: number): number {
  let size = 0;
  for (let group = nodes / 2; group >= 0.5; group /= 2) size += Math.min(c.recordHolders.value, group);
  return Math.min(nodes - 1, size);
}

/**
 * Kubelets look at different times. One that waits 60 to 90 seconds between two looks has at most (90 - t)² / 4500 chance to need more than t; the
 * last of all nodes is where one node in all is left.
 */
function lastSecret(nodes: number): number {
  const { syncLeast, syncMost } = c;
  const range = syncMost.value - syncLeast.value;
  const mean = (syncMost.value + syncLeast.value) / 2;
  return syncMost.value - Math.min(range, Math.sqrt((2 * range * mean) / nodes));
}

/**
 * Connections that a router accepts at the same time when all nodes of a rollout ask it, because it keeps the records of a layer.
 *
 * @param nodes nodes that pull
 * @param burst nodes that begin at once
 * @param perSecond nodes that begin in each second then
 */
export function routerInbound(nodes: number, burst: number, perSecond: number): number {
  return Math.min(nodes - 1, mesh(nodes).connections / 2 + burst + perSecond * c.grace.value);
}

/** Connections that libp2p lets Spegel's router accept on a node with so much memory. */
export function libp2pInbound(gib = c.nodeMemory.value): number {
  return c.libp2pInbound.value * (1 + gib / 8);
}

/**
 * Share of lookups that find the records when the routers that keep them accept a part of the connections alone.
 *
 * @param inbound connections that each would have to accept
 * @param limit connections that each accepts
 */
export function lookupsThatFind(inbound: number, limit: number): number {
  const accepted = Math.min(1, limit / inbound);
  return 1 - (1 - accepted) ** c.recordHolders.value;
}
