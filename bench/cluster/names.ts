/** The two set-ups that are compared, side by side on the same nodes. */
export type SetUp = 'plain' | 'secured';

/** What a set-up has of its own: the other one's is never asked. */
export interface Place {
  readonly namespace: string;
  /** Its registry, which does not exist: names that end so never resolve (RFC 2606). */
  readonly registry: string;
  /** Where containerd on the node finds the mirror. */
  readonly url: string;
  readonly port: number;
}

const place = (setUp: SetUp, scheme: string, port: number): Place => ({
  namespace: `mirror-bench-${setUp}`,
  registry: `${setUp}.mirror-bench.invalid`,
  url: `${scheme}://127.0.0.1:${port}`,
  port,
});

/** Where each set-up is. */
export const places: { readonly [name in SetUp]: Place } = {
  plain: place('plain', 'http', 30026),
  secured: place('secured', 'https', 30025),
};

/** Namespace of the bench's own pods. */
export const TOOLS_NAMESPACE = 'mirror-bench';

/** Label of the two nodes while the bench runs. */
export const NODE_LABEL = 'secure-mirror/bench';

/** How names of the bench's images begin. */
export const IMAGE_PREFIX = 'mirror-bench.invalid/bench/';
