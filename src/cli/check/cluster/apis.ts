import type { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../kubectl/kubectl-writer';
import { inParallel } from '../../shared/parallel';

/** A kind of objects, and what the API server calls it. */
export interface Api {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * Its name in a path, such as `networkpolicies`.
   *
   * @default - the cluster does not know the kind
   */
  readonly resource?: string;
}

interface ResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string }[];
}

const AT_ONCE = 4;

/** Asks the API server which kinds of some objects it knows. */
export async function readApis(kubectl: Kubectl, objects: readonly Manifest[]): Promise<Api[]> {
  const kinds = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of objects) kinds.set(apiVersion, (kinds.get(apiVersion) ?? new Set()).add(kind));
  const lists = await inParallel([...kinds], AT_ONCE, async ([apiVersion, used]) => {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { resources = [] } = (await kubectl.raw<ResourceList>(path)) ?? {};
    return [...used].map((kind): Api => {
      const resource = resources.find((one) => one.kind === kind && !one.name.includes('/'))?.name;
      return { apiVersion, kind, resource };
    });
  });
  return lists.flat();
}
