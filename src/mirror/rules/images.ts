import { isDnsName } from '../../settings/dns';
import { type Draft, present } from '../../settings/draft';
import { checkRepeated } from '../../settings/repeated';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { type ImageReferences, imageProps } from '../images';
import type { ImageProps, ImageReference, ImagesProps } from '../props/images-props';
import type { MirrorSettings } from '../props/mirror-settings';

/** Images are pinned, complete, and pulled with Secrets that can exist. */
export function checkImages({ images = {}, imagePullSecrets }: Draft<MirrorSettings>): RuleProblem[] {
  return [
    ...checkImage(images, 'spegel'),
    ...checkImage(images, 'envoy'),
    ...checkImage(images, 'iptables'),
    ...checkImage(images, 'nodeReadinessReporter'),
    ...present(imagePullSecrets).flatMap(([index, secret]) =>
      isDnsName(secret)
        ? []
        : [invalidValue(['imagePullSecrets', index], secret, 'expected the name of a Secret, such as my-registry')],
    ),
    ...checkRepeated(imagePullSecrets, ['imagePullSecrets']),
  ];
}

function checkImage(images: Draft<ImagesProps>, name: keyof ImageReferences): RuleProblem[] {
  const image = images[name] as ImageReference | undefined;
  const { repository, tag, digest } = imageProps(image);
  const isText = typeof image === 'string';
  const problem = (key: keyof ImageProps, value: string, message: string) =>
    invalidValue(['images', name, ...(isText ? [] : [key])], isText ? image : value, message);
  const problems: RuleProblem[] = [];
  if (repository !== undefined && images.registryPrefix !== undefined) {
    const message = 'it contradicts images.registryPrefix, which takes the place of the official registry: keep one';
    problems.push(problem('repository', repository, message));
  }
  if (repository !== undefined && !hasRegistry(repository)) {
    const message = `expected the image's registry in front, such as docker.io/${repository}`;
    problems.push(problem('repository', repository, message));
  }
  if (isText && tag === undefined && digest === undefined) {
    problems.push(invalidValue(['images', name], image, 'name a version: write its tag, its digest, or both'));
  }
  if (tag === 'latest') {
    problems.push(problem('tag', tag, 'nodes would run different versions: name a version'));
  }
  if (name === 'envoy' && tag?.includes('distroless')) {
    const message = 'the node agent runs in this image too and needs its shell: name one that is not distroless';
    problems.push(problem('tag', tag, message));
  }
  return problems;
}

/** Whether an image's name begins with a registry: without, container runtimes take its first part for a path of Docker Hub's. */
function hasRegistry(repository: string): boolean {
  const host = repository.slice(0, repository.indexOf('/'));
  return /[.:]/.test(host) || host === 'localhost';
}
