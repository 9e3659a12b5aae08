import { isScalar } from 'yaml';
import { imageReferences } from '../../mirror/images';
import { SettingsError } from '../../settings/errors';
import { YamlEdit } from '../../settings/yaml-edit';
import type { ClusterProps } from '../../stack/cluster-props';
import { CliError } from '../shared/cli-error';
import { IMAGE_KEYS, type ImageKey } from './deployed';
import { clustersIn, type Stack } from './stack';

/** An image of a cluster, and the digest of its tag. */
export interface Lock {
  readonly cluster: string;
  readonly image: ImageKey;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/**
 * A stack's text with digests in it: where the image is, or is missing, with the cluster or with the defaults.
 *
 * @param file the file's name, for messages
 * @param stack the stack
 * @param locks the digests
 * @throws CliError when the text would say anything else than before, but for these digests
 */
export function lockedText(file: string, { text, all }: Stack, locks: readonly Lock[]): string {
  const edit = new YamlEdit(text);
  for (const lock of locks) {
    const index = all.findIndex(({ name }) => name === lock.cluster);
    place(edit, ['clusters', index], lock);
  }
  const edited = edit.edited();
  verify(file, all, edited, locks);
  return edited;
}

function place(edit: YamlEdit, cluster: (string | number)[], lock: Lock): void {
  const { image, tag, digest } = lock;
  const find = (...keys: string[]) => edit.find([...cluster, ...keys]) ?? edit.find(['defaults', ...keys]);
  const own = find('images', image);
  if (isScalar<string>(own)) {
    edit.replace(own, referenceOf(lock));
    return;
  }
  if (own !== undefined) {
    const before = edit.textIn(own, 'digest');
    if (before !== undefined) edit.replace(before, digest);
    const added = edit.additions(own);
    if (find('images', image, 'tag') === undefined) added.tag = tag;
    if (before === undefined) added.digest = digest;
    return;
  }
  const images = find('images');
  if (images !== undefined && !isScalar(images)) {
    edit.additions(images)[image] = { tag, digest };
    return;
  }
  const home = edit.find(['defaults']) ?? edit.find(cluster);
  if (home === undefined || isScalar(home)) return;
  const added = edit.additions(home);
  const known = added.images;
  added.images = { ...(typeof known === 'object' ? known : {}), [image]: { tag, digest } };
}

/** Refuses a text that says something else than before, such as where clusters share an image and must not. */
function verify(file: string, all: readonly ClusterProps[], edited: string, locks: readonly Lock[]): void {
  const after = readAgain(edited, file);
  const expected = new Map(locks.map((lock) => [`${lock.cluster} ${lock.image}`, referenceOf(lock)]));
  for (const [index, cluster] of all.entries()) {
    const now = after?.[index];
    const before = imageReferences(cluster.images);
    const references = imageReferences(now?.images);
    const wrong = IMAGE_KEYS.find(
      (image) => references[image] !== (expected.get(`${cluster.name} ${image}`) ?? before[image]),
    );
    if (now === undefined || wrong !== undefined || othersOf(now) !== othersOf(cluster)) {
      const image = wrong ?? 'spegel';
      throw new CliError(
        'configuration',
        `${file}: clusters[${index}].images.${image}: its digest cannot be written without changing what clusters share, where one has another digest or was not chosen: give each its own images, or write the digests by hand (--check shows them); nothing was changed`,
      );
    }
  }
}

function readAgain(text: string, file: string): ClusterProps[] | undefined {
  try {
    return clustersIn(text, file);
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

function othersOf(cluster: ClusterProps): string {
  return JSON.stringify({ ...cluster, images: undefined });
}

function referenceOf({ repository, tag, digest }: Lock): string {
  return `${repository}:${tag}@${digest}`;
}
