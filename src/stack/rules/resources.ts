import { amountOf } from '../../kubernetes/quantity';
import { proxyMemoryLimit } from '../../mirror/envoy/memory';
import { mirrorDefaults } from '../../mirror/props/defaults';
import type { ComputeProps, ContainerResourcesProps } from '../../mirror/props/resources-props';
import { resolveResources } from '../../mirror/resolve-resources';
import type { ResolvedContainerResources } from '../../mirror/resolved-pod';
import { type Draft, isBroken } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { ClusterProps } from '../cluster-props';

type Resource = keyof ComputeProps;

/** What a container can have, at least and at most. */
const BOUNDS = {
  cpu: { least: '1m', most: '1000', message: 'expected cores from 1m to 1000, such as 250m or 0.25' },
  memory: {
    least: '1Mi',
    most: '1Ti',
    message: 'expected memory from 1Mi to 1Ti, such as 64Mi: did you leave out the unit?',
  },
} as const;

/** At rest the proxy takes a fifth of the heap that this leaves it, with 60 registries (measured). */
const PROXY_LEAST = '192Mi';

/** Containers can start with what they get, and ask for no more than they may take. */
export function checkResources({ resources = {}, limits = {} }: Draft<ClusterProps>): RuleProblem[] {
  const given = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
  const byDefault = resolveResources({}, proxyMemoryLimit({ ...mirrorDefaults.limits, ...given }));
  const problems = Object.entries(resources).flatMap(([container, own]) =>
    own === undefined
      ? []
      : (['cpu', 'memory'] as const).flatMap((resource) =>
          checkContainer(resource, own, byDefault[container as keyof typeof byDefault], ['resources', container]),
        ),
  );
  const memory = resources.proxy?.limits?.memory;
  const path = ['resources', 'proxy', 'limits', 'memory'];
  if (memory === undefined || amountOf(memory) >= amountOf(PROXY_LEAST) || amountOf(memory) < amountOf('1Mi'))
    return problems;
  return [
    ...problems,
    invalidValue(path, memory, `the proxy would refuse requests for want of memory: expected at least ${PROXY_LEAST}`),
  ];
}

function checkContainer(
  resource: Resource,
  own: Draft<ContainerResourcesProps>,
  byDefault: ResolvedContainerResources | undefined,
  path: Path,
): RuleProblem[] {
  const places = (['requests', 'limits'] as const).map((list) => ({ list, value: own[list]?.[resource] }));
  const wrong = places.filter(({ value }) => value !== undefined && !isWithin(value, resource));
  if (wrong.length > 0 || byDefault === undefined) {
    return wrong.map(({ list, value }) => invalidValue([...path, list, resource], value, BOUNDS[resource].message));
  }
  const broken = (list: 'requests' | 'limits') => isBroken(own, list) || isBroken(own[list] ?? {}, resource);
  if (broken('requests') || broken('limits')) return [];
  const [request = byDefault.requests[resource], limit = byDefault.limits[resource]] = places.map(({ value }) => value);
  if (limit === undefined || amountOf(request) <= amountOf(limit)) return [];
  const [asked] = places;
  return asked?.value === undefined
    ? [
        invalidValue(
          [...path, 'limits', resource],
          limit,
          `it is below what the container asks for, ${request} by default: set requests.${resource} too`,
        ),
      ]
    : [
        invalidValue(
          [...path, 'requests', resource],
          request,
          `it is more than the limit, ${limit}${places[1]?.value === undefined ? ' by default' : ''}: set limits.${resource} to as much at least`,
        ),
      ];
}

function isWithin(value: string | number, resource: Resource): boolean {
  const { least, most } = BOUNDS[resource];
  return amountOf(value) >= amountOf(least) && amountOf(value) <= amountOf(most);
}
