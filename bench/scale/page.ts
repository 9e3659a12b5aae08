import { adviceSections } from './advice';
import { constants as c } from './constants';
import { meshSections } from './mesh-sections';
import { rolloutSections } from './rollout-sections';
import { type Limits, load, ROLLOUTS } from './rollouts';
import { figure, percent } from './table';

/**
 * docs/scale.md.
 *
 * @param limits the mirror's default limits
 */
export function page(limits: Limits): string {
  const sections = [
    '# Scale on paper',
    `A model of clusters with 10, 100, 1,000 and 5,000 nodes, and of one rollout in which every node pulls the same new image. \`npm run bench:scale\` makes this page and its picture from the files in \`bench/scale\`. Nobody ran
5,000 nodes: the [constants](#constants) are measured, read in sources, or assumed, and each says which.`,
    '## In short',
    inShort(limits),
    ...rolloutSections(limits),
    ...meshSections(limits),
    ...adviceSections(limits),
  ];
  return `${sections.join('\n\n')}\n`;
}

function inShort(limits: Limits): string {
  const paced = load(5000, ROLLOUTS.paced, limits);
  const once = load(5000, ROLLOUTS.once, limits);
  const ten = load(5000, ROLLOUTS.pacedTen, limits);
  return [
    `- **At the default pace of Kubernetes, ${c.podsPerSecond.value} pods a second, the mirror refuses little.** While one node alone has the image, its \`requests\` are full for a while: of 5,000 nodes ${figure(paced.wave.originCopies)} copies come from the origin. With ten holders none does, and the busiest one serves ${figure(ten.wave.streams)} streams at a time.`,
    `- **A rollout of all nodes at once goes to the origin.** A mirror gives only what some node already has: of 5,000 nodes that begin in the same second, ${percent(once.wave.originCopies / 5000)} of the bytes come from the origin, with one holder. No setting changes this; a slower rollout or more holders do.`,
    `- **\`connectionsPerSource\` (${limits.connectionsPerSource}) does not depend on the size.** A node opens at most ${c.workers.value * c.maxConcurrentDownloads.value} connections to one peer: ${c.maxConcurrentDownloads.value} layers, times ${c.workers.value} workers of the proxy.`,
    "- **Spegel's own router is full first**, from some 200 nodes on, with plain Spegel too. Lookups then find less, and the origin serves the rest.",
    '- Certificates, Secrets and DNS set no limit to the size.',
  ].join('\n');
}
