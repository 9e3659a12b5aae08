import { proxyMemoryLimit } from '../../src/mirror/envoy/memory';
import type { Origin } from './constant';
import { constants as c } from './constants';
import { type Limits, load, memoryOf, ROLLOUTS, type Rollout } from './rollouts';
import { figure, table } from './table';

/** What to set, where the numbers come from, and what is missing. */
export function adviceSections(limits: Limits): string[] {
  return [
    '## What to set',
    advice(limits),
    moreRequests(limits),
    '## Constants',
    `Measured here with Envoy 1.40.0, the emitted configuration, two shared cores and a load of 10 to 13, if nothing else stands there: \`ENVOY=/path/to/envoy npm run bench:scale:measure\`. CPU is the median of five passes of 400, which spread by 20 %.`,
    constantsTable(),
    '## What the model leaves out',
    leftOut(),
  ];
}

function advice(limits: Limits): string {
  const { connectionsPerSource, requests, connections } = limits;
  const memory = (held: number) => figure(memoryOf(requests, held, 0));
  const perWorker = Math.floor(connectionsPerSource / c.workers.value);
  return [
    '- **Pull the image on ten nodes before a rollout to all**, for example by a Job with ten pods. A rolling update does so by itself.',
    `- **\`requests\`: keep ${requests}.** With more, nodes wait for the one holder in place of going to the origin: the rollout gets slower, and the holder's proxy needs half a MiB for each stream (table below). If your origin limits you, more holders help more than a higher limit.`,
    `- **\`connections\`: keep ${figure(connections)}.** With so many connections and ${requests} slow streams the proxy needs ${memory(connections)} MiB. Its memory limit follows both keys and \`entryConnections\`, and is ${figure(proxyMemoryLimit(limits))} MiB then.`,
    `- **\`connectionsPerSource\`: raise it together with \`max_concurrent_downloads\`**: times ${c.workers.value} workers it passes ${connectionsPerSource} from ${perWorker + 1} on. Before containerd 2.1 each image has downloads of its own, so multiply by \`maxParallelImagePulls\`: with ${c.maxConcurrentDownloads.value} downloads it passes from ${Math.floor(perWorker / c.maxConcurrentDownloads.value) + 1} images at a time on. One peer gets all connections of a node only while it is the only holder.`,
    "- **The kubelet's `registryPullQPS`** (5, in bursts of 10) is for each node: it delays a node that starts many pods, and has no part in a rollout of one image.",
  ].join('\n');
}

function moreRequests(limits: Limits): string {
  const kinds: readonly Rollout[] = [ROLLOUTS.paced, ROLLOUTS.once];
  const rows = [256, 512, 1024, 2048].flatMap((requests) =>
    kinds.map((rollout) => {
      const { wave, memory } = load(1000, rollout, { ...limits, requests });
      return [figure(requests), rollout.name, ...[wave.seconds, wave.originCopies, memory].map(figure)];
    }),
  );
  return table(['`requests`', 'Rollout to 1,000 nodes', 'Seconds', 'Copies from the origin', 'MiB of the proxy'], rows);
}

const KINDS: { readonly [origin in Origin]: string } = { measured: 'measured', source: 'read', assumption: 'assumed' };

function constantsTable(): string {
  const rows = Object.values(c).map(({ value, what, origin, from }) => [figure(value), what, KINDS[origin], from]);
  return table(['Value', 'Unit and meaning', 'Kind', 'How, where or why'], rows);
}

function leftOut(): string {
  return [
    '- **Delay.** A busy holder answers late, and Spegel gives up on a peer after a tenth of a second: peers serve less than here, and the origin more.',
    '- **Full routers** in the rollouts, where lookups always find a holder: they have a table of their own.',
    '- **Other traffic**, other images, zones, slow links, and nodes that join or leave.',
    "- **Memory of the kernel for sockets**, which Kubernetes adds to the proxy's: up to some 1.5 MiB for a slow stream. The kernel takes less when memory is scarce.",
    '- **Limits of the origin**: every node gets the same rate from it.',
  ].join('\n');
}
