import type { CliCommand } from '../shared/cli-command';
import { addList } from './list';
import { addLock } from './lock-command';

/**
 * Completes `images` by what is under it.
 *
 * @param images the command
 */
export function addImages(images: CliCommand): void {
  images.description("Lists the mirror's own images, and pins them by digest in stack.yaml.");
  addList(images);
  addLock(images);
}
