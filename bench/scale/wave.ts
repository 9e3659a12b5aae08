import { Holders } from './holders';
import { Pools } from './pools';
import { random } from './random';

/** One rollout: every node pulls the same new image. */
export interface WaveOptions {
  readonly nodes: number;
  /** Nodes that begin at once, and how many follow in each second. */
  readonly burst: number;
  readonly perSecond: number;
  /** Nodes that have the image before. */
  readonly seeds: number;
  readonly layers: number;
  readonly layerMib: number;
  /** Layers that a node fetches at a time. */
  readonly parallel: number;
  /** MiB per second that a node sends, that it receives and writes, and that it gets from the origin. */
  readonly sends: number;
  readonly receives: number;
  readonly fromOrigin: number;
  /** Seconds from a fetched layer until other nodes find it. */
  readonly advertised: number;
  /** Streams that a node serves at a time; it refuses further ones. */
  readonly requests: number;
  /** Workers of a proxy, and the seconds that it keeps an idle connection. */
  readonly workers: number;
  readonly idle: number;
}

/** What happened in a rollout. */
export interface Wave {
  /** Seconds until 99 % of the nodes had the image. */
  readonly seconds: number;
  /** Copies of the image that came from the origin. */
  readonly originCopies: number;
  /** Layers for which a node asked a peer that was full, as a share of all. */
  readonly refused: number;
  /** Most streams that one node served at a time. */
  readonly streams: number;
  /** Most connections that one node held open for its peers, and for one of them. */
  readonly connections: number;
  readonly connectionsOfOneSource: number;
  /** Handshakes between peers in all. */
  readonly handshakes: number;
}

interface Transfer {
  readonly client: number;
  readonly layer: number;
  /** The node that serves, or the origin. */
  readonly server: number;
  readonly pool: number;
  /** Its share of a server's rate among others: streams are never equally fast. */
  readonly weight: number;
  left: number;
}

const ORIGIN = -1;
/** Seconds between two looks at all transfers: short against the time of a layer. */
const STEP = 0.25;

/**
 * Plays a rollout in steps of a quarter of a second. A node asks a random holder of a layer, as Spegel's lookup gives three holders in
 * random order and takes the first; when that one is full, it goes to the origin. Streams share a node's rates.
 *
 * @param options the rollout
 */
export function wave(options: WaveOptions): Wave {
  const { nodes, layers, parallel, workers } = options;
  const holders = new Holders(layers, options.seeds, options.advertised);
  const pools = new Pools(options);
  const draw = random(nodes);
  const counts = () => new Float64Array(nodes);
  const [serving, weights, fetching, next, fetched] = [counts(), counts(), counts(), counts(), counts()];
  const total = { origin: 0, refused: 0, streams: 0, done: options.seeds };
  let transfers: Transfer[] = [];
  let started = options.seeds;
  let now = 0;

  /** Asks a holder for a layer, if there is one; else the origin has to serve it. */
  const ask = (client: number, layer: number): { server: number; pool: number } => {
    const server = holders.pick(layer, now, draw);
    if (server === undefined) return { server: ORIGIN, pool: 0 };
    const pool = pools.take(client, Math.floor(draw() * workers), server, now);
    if (at(serving, server) < options.requests) return { server, pool };
    // The refusal leaves the connection open.
    pools.giveBack(pool, now);
    total.refused++;
    return { server: ORIGIN, pool: 0 };
  };
  const begin = (client: number) => {
    while (at(fetching, client) < parallel && at(next, client) < layers) {
      const layer = at(next, client);
      add(next, client, 1);
      add(fetching, client, 1);
      const { server, pool } = ask(client, layer);
      const weight = 0.5 + draw();
      if (server === ORIGIN) total.origin++;
      else {
        add(weights, server, weight);
        total.streams = Math.max(total.streams, add(serving, server, 1));
      }
      transfers.push({ client, layer, server, pool, weight, left: options.layerMib });
    }
  };
  const end = ({ client, layer, server, pool, weight }: Transfer) => {
    add(fetching, client, -1);
    if (server !== ORIGIN) {
      add(serving, server, -1);
      add(weights, server, -weight);
      pools.giveBack(pool, now);
    }
    holders.add(layer, client, now);
    if (add(fetched, client, 1) === layers) total.done++;
    begin(client);
  };
  const rate = ({ client, server, weight }: Transfer): number => {
    const own = (server === ORIGIN ? options.fromOrigin : options.receives) / at(fetching, client);
    return server === ORIGIN ? own : Math.min(own, (options.sends * weight) / at(weights, server));
  };

  while (total.done < nodes * 0.99) {
    const due = Math.min(nodes, options.seeds + Math.floor(options.burst + now * options.perSecond));
    while (started < due) begin(started++);
    now += STEP;
    for (const transfer of transfers) transfer.left -= rate(transfer) * STEP;
    const ended = transfers.filter(({ left }) => left <= 0);
    transfers = transfers.filter(({ left }) => left > 0);
    for (const transfer of ended) end(transfer);
  }
  return {
    seconds: now,
    originCopies: total.origin / layers,
    refused: total.refused / (nodes * layers),
    streams: total.streams,
    connections: pools.most,
    connectionsOfOneSource: pools.mostOfOneSource,
    handshakes: pools.handshakes,
  };
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0;
}

function add(numbers: Float64Array, index: number, by: number): number {
  const sum = at(numbers, index) + by;
  numbers[index] = sum;
  return sum;
}
