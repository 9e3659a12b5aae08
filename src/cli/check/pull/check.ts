import { ANY_REGISTRY } from '../../../mirror/rules/registries';
import { type Finding, finding } from '../../shared/finding';
import type { Check, CheckContext } from '../check';
import { attempt } from './attempt';
import { type Candidate, candidates, isListed, isMirrored } from './candidates';
import { fullReference, registryOf } from './image';
import { PATIENCE, type Patience } from './patience';
import { NAME, pullFindings } from './verdict';

/** How many images it tries until one proves something: the list does not tell which are private, or imported by hand. */
const MOST_TRIES = 4;

/**
 * Pulls an image that one node has on another that lacks it, and says which bytes came from which peer.
 *
 * @param image the image; one that fits when left out
 * @param patience how long it waits for evidence
 */
export function pullCheck(image?: string, patience: Patience = PATIENCE): Check {
  return {
    name: NAME,
    title: 'a pull from peers',
    when: 'after',
    run: async (context) => {
      const { nodes, mirror } = context;
      const registry = image === undefined ? undefined : registryOf(fullReference(image));
      if (registry !== undefined && !isMirrored(registry, mirror.registries)) {
        const fix = 'add it to mirror.registries, or name an image of a registry in it';
        return [finding('problem', NAME, image ?? '', `the stack does not mirror ${registry}`, fix)];
      }
      const found = candidates(nodes, mirror.registries, image);
      return found.length === 0 ? [none(context, image)] : tryAll(context, found.slice(0, MOST_TRIES), patience);
    },
  };
}

async function tryAll(context: CheckContext, found: readonly Candidate[], patience: Patience): Promise<Finding[]> {
  const skipped: Finding[] = [];
  for (const candidate of found) {
    const result = await attempt(context, candidate, patience);
    if ('origins' in result) return pullFindings(candidate, result);
    skipped.push(finding(result.level, NAME, candidate.name, result.skipped, result.fix));
  }
  return skipped;
}

/** Why there is nothing to pull, and how to change that. */
function none({ nodes, mirror }: CheckContext, image: string | undefined): Finding {
  const unknown = (message: string, fix: string) => finding('unknown', NAME, image ?? '', message, fix);
  if (nodes.length < 2)
    return unknown('there is one node only, so nobody to pull from', 'try again with a second node');
  if (image === undefined) {
    const what = `no image of ${mirror.registries.join(', ')} with 1 to 200 MB that a node has and another lacks`;
    return unknown(
      `the nodes list ${what}`,
      preload(`${mirror.registries.find((name) => name !== ANY_REGISTRY) ?? 'docker.io'}/…`),
    );
  }
  return isListed(nodes, image)
    ? unknown('every node that is ready and of its architecture has it already', 'name another image')
    : unknown('no node lists it', preload(fullReference(image)));
}

function preload(reference: string): string {
  return `let one node pull an image first, and name it with --image ${reference}:\nkubectl run preload --restart=Never --image=${reference}`;
}
