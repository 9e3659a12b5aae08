import { isDnsName } from '../../settings/dns';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { ImageReferences } from '../images';
import type { ImagesProps } from '../props/images-props';
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
  const { repository, tag } = images[name] ?? {};
  const path: Path = ['images', name];
  const problems: RuleProblem[] = [];
  if (repository !== undefined && images.registryPrefix !== undefined) {
    const message = 'it contradicts images.registryPrefix, which takes the place of the official registry: keep one';
    problems.push(invalidValue([...path, 'repository'], repository, message));
  }
  if (tag === 'latest') {
    problems.push(invalidValue([...path, 'tag'], tag, 'nodes would run different versions: name a version'));
  }
  if (name === 'envoy' && tag?.includes('distroless')) {
    const message = 'the node agent runs in this image too and needs its shell: name one that is not distroless';
    problems.push(invalidValue([...path, 'tag'], tag, message));
  }
  return problems;
}
