import { ANY_REGISTRY } from '../../../mirror/rules/registries';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { attempt, PRIVATE } from './attempt';
import { alikeNodes, type Candidate, candidates, isListed, isMirrored } from './candidates';
import { fullReference, registryOf } from './image';
import { PATIENCE, type Patience } from './patience';
import { preload } from './preload';
import { NAME, pullFindings } from './verdict';

/** How many images it tries until one proves something: the list does not tell which are private, or imported by hand. */
const MOST_TRIES = 4;

const TOO_FEW = 'there is no second ready node of the same architecture, so nobody to pull from';

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
      if (found.length > 0) return tryAll(context, found.slice(0, MOST_TRIES), patience);
      return image === undefined || isListed(nodes, image) ? [none(context, image)] : tryNew(context, image, patience);
    },
  };
}

/** An image that no node lists: one node pulls it first. */
async function tryNew(context: CheckContext, image: string, patience: Patience): Promise<Finding[]> {
  const alike = alikeNodes(context.nodes);
  const unknown = (message: string, fix: string) => [finding('unknown', NAME, image, message, fix)];
  if (alike === undefined) return unknown(TOO_FEW, 'try again with a second node');
  const loaded = await preload(context, alike, image);
  if ('failure' in loaded) return unknown(loaded.failure, PRIVATE);
  return tryAll(context, loaded.candidates.slice(0, MOST_TRIES), patience);
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
  if (alikeNodes(nodes) === undefined) return unknown(TOO_FEW, 'try again with a second node');
  if (image !== undefined)
    return unknown('every node that is ready and of its architecture has it already', 'name another image');
  const what = `no image of ${mirror.registries.join(', ')} with 1 to 200 MB that a node has and another lacks`;
  const registry = mirror.registries.find((name) => name !== ANY_REGISTRY) ?? 'docker.io';
  return unknown(
    `the nodes list ${what}`,
    `name one that pods pull without a pull secret: --image ${registry}/…; two nodes pull it then, one after the other`,
  );
}
