import { constants as c } from './constants';
import { LIMITS, type Limits, load, NODES_TRIED, ROLLOUTS, type Rollout } from './rollouts';
import { figure, percent, table } from './table';

const NODES = [10, 100, 1000, 5000];

/** What the rollouts do, and which limits they reach. */
export function rolloutSections(limits: Limits): string[] {
  return [
    '## A rollout',
    `The image has ${c.layers.value} layers of ${c.layerMib.value} MiB. A node fetches ${c.maxConcurrentDownloads.value} layers at a time, each from one of the ${c.providers.value} random holders that a lookup gives, and others find it as a holder ${c.advertised.value} seconds after it has a layer. A full holder refuses, and the node goes to
the origin. Controllers create ${c.podsPerSecond.value} pods a second by default, after the first ${c.podsBurst.value}; control planes of large clusters may be faster. Where no node has the image, all nodes that begin before the first layers are advertised go to the
origin, as with plain Spegel.`,
    '![Share of each limit in use on the busiest node, over the number of nodes](images/scale.svg)',
    reached(limits),
    `A limit at 100 % refuses something. No pull fails because of it: the origin serves what a limit refuses.`,
    rollouts(limits),
    `Seconds until 99 % of the nodes have the image, and layers that a full holder refused. Then the busiest holder: streams that it serves at a time, connections that peers open to it, and the memory of its proxy.
It sends ${figure(c.sends.value)} MiB/s, which takes ${figure((c.sends.value / 1024) * c.servingCpu.value)} cores of its proxy and its Spegel.`,
  ];
}

function reached(limits: Limits): string {
  const kinds: readonly Rollout[] = [ROLLOUTS.paced, ROLLOUTS.once, ROLLOUTS.pacedTen, ROLLOUTS.onceTen];
  const rows = Object.entries(LIMITS).map(([limit, name]) => {
    const shareOf = (nodes: number, rollout: Rollout) =>
      load(nodes, rollout, limits).shares[limit as keyof typeof LIMITS];
    const cells = kinds.map((rollout) => {
      const from = NODES_TRIED.find((nodes) => shareOf(nodes, rollout) >= 1);
      return from
        ? `from ${figure(from)} nodes on`
        : percent(Math.max(...NODES_TRIED.map((nodes) => shareOf(nodes, rollout))));
    });
    return [name, ...cells];
  });
  return table(['Limit: full from how many nodes on, or at most in use', ...kinds.map(({ name }) => name)], rows);
}

function rollouts(limits: Limits): string {
  const kinds: readonly Rollout[] = Object.values(ROLLOUTS);
  const rows = kinds.flatMap((rollout) =>
    NODES.map((nodes) => {
      const { wave, memory } = load(nodes, rollout, limits);
      const { seconds, originCopies, refused, streams, connections } = wave;
      const figures = [seconds, originCopies].map(figure);
      return [rollout.name, figure(nodes), ...figures, percent(refused), ...[streams, connections, memory].map(figure)];
    }),
  );
  const head = ['Rollout', 'Nodes', 'Seconds', 'Copies from the origin', 'Refused', 'Streams', 'Connections', 'MiB'];
  return table(head, rows);
}
