/** What the connections of a rollout are counted by. */
export interface PoolsOptions {
  readonly nodes: number;
  /** Workers of a proxy: each has its own pool. */
  readonly workers: number;
  /** Seconds that an idle connection stays open. */
  readonly idle: number;
}

/** Connections between peers: each request has its own, and an idle one waits for the next request of the same worker to the same peer. */
export class Pools {
  /** Most connections that one node held open for all its peers, and for one of them. */
  public most = 0;
  public mostOfOneSource = 0;
  /** Connections that were opened. */
  public handshakes = 0;
  private readonly open: Int32Array;
  private readonly ofSource = new Map<number, number>();
  /** When the idle connections of a pool close, the oldest first. */
  private readonly idleUntil = new Map<number, number[]>();
  /** Ends of all idle times, the oldest first, as all are equally long; a connection in use again is no longer in `idleUntil`. */
  private readonly ends: { readonly at: number; readonly pool: number }[] = [];
  private nextEnd = 0;

  public constructor(private readonly options: PoolsOptions) {
    this.open = new Int32Array(options.nodes);
  }

  /**
   * A request begins.
   *
   * @returns the pool of its connection
   */
  public take(client: number, worker: number, server: number, now: number): number {
    this.close(now);
    const { nodes, workers } = this.options;
    const pool = (client * nodes + server) * workers + worker;
    // The one that was used last, as Envoy does.
    if (this.idleUntil.get(pool)?.pop() === undefined) {
      this.handshakes++;
      this.most = Math.max(this.most, this.change(pool, 1));
    }
    return pool;
  }

  /** A request ends, and its connection waits for another. */
  public giveBack(pool: number, now: number): void {
    const at = now + this.options.idle;
    this.idleUntil.set(pool, [...(this.idleUntil.get(pool) ?? []), at]);
    this.ends.push({ at, pool });
  }

  private close(now: number): void {
    for (let end = this.ends[this.nextEnd]; end && end.at <= now; end = this.ends[++this.nextEnd]) {
      const waiting = this.idleUntil.get(end.pool) ?? [];
      if (waiting[0] !== end.at) continue;
      waiting.shift();
      this.change(end.pool, -1);
    }
  }

  /** Opens or closes a connection; gives how many the server holds. */
  private change(pool: number, by: number): number {
    const pair = Math.floor(pool / this.options.workers);
    const ofSource = (this.ofSource.get(pair) ?? 0) + by;
    this.ofSource.set(pair, ofSource);
    this.mostOfOneSource = Math.max(this.mostOfOneSource, ofSource);
    const server = pair % this.options.nodes;
    const open = (this.open[server] ?? 0) + by;
    this.open[server] = open;
    return open;
  }
}
