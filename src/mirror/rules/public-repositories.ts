import { DOCKER_HUB, DOCKER_HUB_ALIASES } from '../../kubernetes/docker-hub';
import { imageName } from '../../kubernetes/image-name';
import { isOciComponent } from '../../kubernetes/oci-name';
import { isHostName } from '../../settings/dns';
import { type Draft, present } from '../../settings/draft';
import { checkRepeated } from '../../settings/repeated';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import { ANY_REGISTRY, registryMistake } from './registries';

const FORM = 'a public repository is host/path, or host/path/* for all below it, such as docker.io/library/*';

/** Public repositories are names of repositories of the mirrored registries, each once. */
export function checkPublicRepositories({ registries, publicRepositories }: Draft<MirrorSettings>): RuleProblem[] {
  const mirrored = new Set(present(registries).map(([, registry]) => registry));
  // Registries with a mistake of their own have their message already.
  const whole = registries?.every((name) => name !== undefined) ?? false;
  const known = whole && [...mirrored].every((name) => registryMistake(name) === undefined);
  const all = new Set(publicRepositories);
  const mistakes = present(publicRepositories).flatMap(([index, repository]) => {
    const mistake =
      formMistake(repository) ??
      (known ? hostMistake(repository, mirrored) : undefined) ??
      coveredMistake(repository, all);
    return mistake === undefined ? [] : [invalidValue(['publicRepositories', index], repository, mistake)];
  });
  return [...mistakes, ...checkRepeated(publicRepositories, ['publicRepositories'])];
}

function formMistake(repository: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(repository)) return `${FORM}: without scheme`;
  const [host = '', ...path] = repository.split('/');
  const name = imageName(repository);
  if (path.length > 0 && name !== repository) {
    return `${FORM}: without tag and digest, as all images of a repository are public or none: write ${name}`;
  }
  if (DOCKER_HUB_ALIASES.includes(host)) return `images of Docker Hub carry the name docker.io: write ${hub(path)}`;
  if (!isHostName(host)) return `${FORM}: it begins with the host name of a registry`;
  if (path.length === 0 || path[0] === '') return `${FORM}: the path is missing`;
  if (path.join('/') === '*') return `${FORM}: this is a whole registry, its private repositories too`;
  const names = path.at(-1) === '*' ? path.slice(0, -1) : path;
  if (names.some((name) => name.includes('*'))) return `${FORM}: * stands for everything below a path, at the end only`;
  if (repository !== repository.toLowerCase()) return `${FORM}: in lower case`;
  if (!names.every((name) => isOciComponent(name))) {
    return `${FORM}: a part of the path has letters and digits, with '.', '_' or '-' between them`;
  }
  if (host === DOCKER_HUB && path.length === 1)
    return `official images of Docker Hub are below library: write ${hub(path)}`;
  return undefined;
}

function hub(path: string[]): string {
  return [DOCKER_HUB, ...(path.length === 1 ? ['library'] : []), ...path].join('/');
}

function hostMistake(repository: string, mirrored: Set<string>): string | undefined {
  const [host = ''] = repository.split('/');
  if (mirrored.has(host) || mirrored.has(ANY_REGISTRY)) return undefined;
  return `${host} is not mirrored: add it to registries, or leave this out`;
}

function coveredMistake(repository: string, others: Set<string | undefined>): string | undefined {
  const parts = repository.split('/');
  const wider = parts
    .map((_, length) => `${parts.slice(0, length).join('/')}/*`)
    .find((other) => other !== repository && others.has(other));
  return wider === undefined ? undefined : `${wider} says so already: leave this out`;
}
