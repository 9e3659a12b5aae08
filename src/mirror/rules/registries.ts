import { DOCKER_HUB_ALIASES } from '../../kubernetes/docker-hub';
import { isHostName } from '../../settings/dns';
import { type Draft, present } from '../../settings/draft';
import { checkRepeated } from '../../settings/repeated';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';

/** What stands for every registry. */
export const ANY_REGISTRY = '_default';

/** Registries are host names, each once. */
export function checkRegistries({ registries }: Draft<MirrorSettings>): RuleProblem[] {
  const mistakes = present(registries).flatMap(([index, registry]) => {
    const mistake = registryMistake(registry);
    return mistake === undefined ? [] : [invalidValue(['registries', index], registry, mistake)];
  });
  return [...mistakes, ...checkRepeated(registries, ['registries'])];
}

/** What is wrong with the name of a registry, if anything. */
export function registryMistake(registry: string): string | undefined {
  if (registry === ANY_REGISTRY) return undefined;
  if (registry === '*') return `to mirror every registry, write ${ANY_REGISTRY}`;
  const host = hostOf(registry);
  if (DOCKER_HUB_ALIASES.includes(host)) return 'images of Docker Hub carry the name docker.io: write docker.io';
  const port = /:([0-9]+)(?:\/|$)/.exec(registry)?.[1];
  if (port !== undefined && port !== '443') {
    return 'a registry with a port cannot be mirrored: containerd labels content by host name alone';
  }
  if (isHostName(registry)) return undefined;
  const instead = isHostName(host) ? `: write ${host}` : ', such as docker.io';
  return `a registry is a host name in lower case, with a dot, without scheme, port or path${instead}`;
}

function hostOf(text: string): string {
  const [host = ''] = text.replace(/^[a-zA-Z]+:\/\//, '').split('/');
  return host
    .replace(/:[0-9]+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
