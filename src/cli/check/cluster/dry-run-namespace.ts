import type { CheckContext } from '../check';

/** Label that says which pods Pod Security lets into a namespace. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** A namespace for dry runs. */
export interface Place {
  readonly namespace: string;
  readonly isMirrors: boolean;
  /** Whether the stack gives the namespace its label for Pod Security later, so that what Pod Security says now does not count. */
  readonly isUnlabelled: boolean;
}

/**
 * The namespaces in which dry runs tell all: the mirror's, with its quotas and the policies that name it, and the run's own, with the labels of
 * the stack, unless the mirror's has one for Pod Security.
 */
export async function dryRunPlaces({ kubectl, probes, mirror: { namespace } }: CheckContext): Promise<Place[]> {
  const found = await kubectl.object<{ metadata: { labels?: { [label: string]: string } } }>('namespace', namespace);
  const isUnlabelled = found?.metadata.labels?.[ENFORCE] === undefined;
  return [
    ...(found === undefined ? [] : [{ namespace, isMirrors: true, isUnlabelled }]),
    ...(isUnlabelled ? [{ namespace: await probes.namespace(), isMirrors: false, isUnlabelled: false }] : []),
  ];
}
