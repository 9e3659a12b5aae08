import { DOCKER_HUB, DOCKER_HUB_NAMES, DOCKER_HUB_OTHER_KEYS } from '../kubernetes/docker-hub';

const HUB = [...DOCKER_HUB_NAMES, ...DOCKER_HUB_OTHER_KEYS].map((host) => host.replaceAll('.', '[.]')).join('|');

/**
 * References of images as `registry/repository`, as an expression, whatever they are spelt like: without tag and digest, in lower case, and
 * for Docker Hub by one name of its registry, with `library/` where a short form leaves it out.
 *
 * @param references a list of references, as an expression
 */
export function repositoriesOf(references: string): string {
  return [
    references,
    // A colon before the last slash is a port's.
    `.map(text, text.split('@')[0].find('^(.*/)?[^:]*').lowerAscii().replace(':443/', '/'))`,
    // What a reference begins with is a registry if it looks like a host.
    `.map(text, text.matches('^([^/]*[.:][^/]*|localhost)/') ? text : '${DOCKER_HUB}/' + text)`,
    `.map(text, text.matches('^(${HUB})/') ? '${DOCKER_HUB}' + text.substring(text.indexOf('/')) : text)`,
    `.map(text, text.matches('^${DOCKER_HUB.replace('.', '[.]')}/[^/]*$') ? text.replace('/', '/library/') : text)`,
  ].join('');
}

/** The spec of the pods that an object makes, as an expression. */
function podSpec(object: 'object' | 'oldObject'): string {
  return (
    `(request.kind.kind == 'Pod' ? dyn(${object}).?spec : request.kind.kind == 'CronJob' ? ` +
    `dyn(${object}).?spec.?jobTemplate.?spec.?template.?spec : dyn(${object}).?spec.?template.?spec).orValue({})`
  );
}

/**
 * The pods that an object makes, of every kind that makes some, as variables: `spec`, the references `images`, image volumes included,
 * and the ServiceAccount `account`. Images that an update leaves as they are do not count.
 */
export const podVariables = [
  { name: 'spec', expression: podSpec('object') },
  { name: 'old', expression: `request.operation == 'UPDATE' ? ${imagesIn(podSpec('oldObject'))} : []` },
  { name: 'images', expression: `${imagesIn('variables.spec')}.filter(image, !(image in variables.old))` },
  {
    name: 'account',
    expression:
      "[variables.spec.?serviceAccountName.orValue(''), variables.spec.?serviceAccount.orValue(''), dyn('default')]" +
      ".filter(name, name != '')[0]",
  },
];

function imagesIn(spec: string): string {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].map(
    (key) => `${spec}.?${key}.orValue([])`,
  );
  return (
    `((${containers.join(' + ')}).map(container, string(container.?image.orValue(''))) + ` +
    `${spec}.?volumes.orValue([]).map(volume, string(volume.?image.?reference.orValue(''))))`
  );
}
