import { inParallel } from '../shared/parallel';
import { Progress } from '../shared/progress';
import type { Answered, ImageRegistries } from './ask';
import { type DeployedImage, tagged } from './deployed';

/** What is known of an image. */
export interface ImageFacts {
  /** The image, of each cluster that deploys it. */
  readonly deployed: readonly [DeployedImage, ...DeployedImage[]];
  /** What its tag means now; what its digest leads to where it has no tag. */
  readonly now: Answered;
  /**
   * What the digest in stack.yaml leads to.
   *
   * @default - there is none, or the tag still means it
   */
  readonly locked?: Answered;
}

const AT_ONCE = 4;

/**
 * Asks about images, each once.
 *
 * @param images the images of all clusters
 * @param registries asks
 */
export async function gather(images: readonly DeployedImage[], registries: ImageRegistries): Promise<ImageFacts[]> {
  const groups = new Map<string, [DeployedImage, ...DeployedImage[]]>();
  for (const image of images) {
    const key = `${image.image} ${image.reference}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [image]);
    else group.push(image);
  }
  const answers = new Map<string, Promise<Answered>>();
  const ask = (repository: string, reference: string) => {
    const key = `${repository} ${reference}`;
    const answer = answers.get(key) ?? registries.ask(repository, reference);
    answers.set(key, answer);
    return answer;
  };
  const progress = new Progress('asking the registries', groups.size);
  try {
    return await inParallel([...groups.values()], AT_ONCE, async (deployed) => {
      const [{ repository, tag, digest, ...image }] = deployed;
      progress.say(tagged({ repository, tag, digest, ...image }));
      const now = await ask(repository, tag ?? digest ?? '');
      const isMoved = digest !== undefined && now.kind === 'found' && now.manifest.digest !== digest;
      const locked = isMoved ? { locked: await ask(repository, digest) } : {};
      progress.step();
      return { deployed, now, ...locked };
    });
  } finally {
    progress.end();
  }
}
