/** Which nodes others find as holders of each layer. */
export class Holders {
  private readonly found: number[][];
  /** Nodes that have a layer but are not found yet, in the order of time. */
  private readonly coming: { readonly at: number; readonly node: number }[][];

  /**
   * @param layers how many layers there are
   * @param seeds nodes that hold all layers from the beginning: the first ones
   * @param advertised seconds until others find a new holder
   */
  public constructor(
    layers: number,
    seeds: number,
    private readonly advertised: number,
  ) {
    this.found = [...Array(layers)].map(() => [...Array(seeds).keys()]);
    this.coming = [...Array(layers)].map(() => []);
  }

  /** A node has fetched a layer. */
  public add(layer: number, node: number, now: number): void {
    this.coming[layer]?.push({ at: now + this.advertised, node });
  }

  /** A random holder, if others find one. */
  public pick(layer: number, now: number, draw: () => number): number | undefined {
    const found = this.found[layer] ?? [];
    const coming = this.coming[layer] ?? [];
    const ready = coming.findIndex(({ at }) => at > now);
    for (const { node } of coming.splice(0, ready < 0 ? coming.length : ready)) found.push(node);
    return found[Math.floor(draw() * found.length)];
  }
}
