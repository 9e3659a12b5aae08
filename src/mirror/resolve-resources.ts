import { mirrorDefaults } from './props/defaults';
import type { ComputeProps, ResourcesProps } from './props/resources-props';
import type { ResolvedContainerResources, ResolvedResources } from './resolved-pod';

/**
 * What each container asks for, and may take.
 *
 * @param resources what the user says
 * @param proxyMemory memory limit of the proxy where the user names none, in MiB
 */
export function resolveResources(resources: ResourcesProps = {}, proxyMemory: number): ResolvedResources {
  const { proxy, ...others } = mirrorDefaults.resources;
  const byDefault: ResolvedResources = { ...others, proxy: { ...proxy, limits: { memory: `${proxyMemory}Mi` } } };
  const entries = Object.entries(byDefault) as [keyof ResolvedResources, ResolvedContainerResources][];
  const own = entries.map(([container, { requests, limits }]) => {
    const given = resources[container] ?? {};
    return [
      container,
      { requests: { ...requests, ...texts(given.requests) }, limits: { ...limits, ...texts(given.limits) } },
    ];
  });
  return Object.fromEntries(own);
}

function texts(quantities: ComputeProps = {}): { readonly [resource: string]: string } {
  const given = Object.entries(quantities).filter(([, quantity]) => quantity !== undefined);
  return Object.fromEntries(given.map(([resource, quantity]) => [resource, `${quantity}`]));
}
