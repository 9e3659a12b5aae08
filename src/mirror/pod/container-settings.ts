import { k8s } from 'cdk8s-plus-28';
import { containers } from '../contract/names';
import type { ResolvedPod, ResolvedResources } from '../resolved-pod';

/** Which of the settings each container follows. */
const KEYS: { readonly [container: string]: keyof ResolvedResources } = {
  [containers.proxy]: 'proxy',
  [containers.spegel]: 'spegel',
  [containers.agent]: 'nodeAgent',
  [containers.prepare]: 'nodeAgent',
  [containers.redirect]: 'redirect',
  [containers.redirectIpv6]: 'redirect',
  [containers.reporter]: 'nodeReadinessReporter',
};

/**
 * A container of the mirror's pod with what the settings say of all containers.
 *
 * @param container the container, by its part
 * @param pod the settings
 */
export function withPodSettings(container: k8s.Container, { imagePullPolicy, resources }: ResolvedPod): k8s.Container {
  const { requests, limits } = resources[KEYS[container.name] as keyof ResolvedResources];
  return { ...container, imagePullPolicy, resources: { requests: quantities(requests), limits: quantities(limits) } };
}

function quantities(texts: object): { readonly [resource: string]: k8s.Quantity } {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, k8s.Quantity.fromString(text)]));
}
