import type { CheckContext } from '../../probe/check';

/** Label that says which pods Pod Security lets into a namespace. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** A namespace for dry runs. */
export interface Place {
  readonly namespace: string;
  readonly isMirrors: boolean;
  /** Whether the stack gives the namespace its label for Pod Security later, so that what Pod Security says now does not count. */
  readonly isUnlabelled: boolean;
  /** Whether somebody has deleted it: it takes nothing any more, and is not gone yet. */
  readonly isEnding: boolean;
}

interface NamespaceObject {
  readonly metadata: { readonly labels?: { readonly [label: string]: string }; readonly deletionTimestamp?: string };
}

/** The mirror's namespace if it takes objects, else the run's own. */
export async function livingNamespace({ kubectl, probes, mirror: { namespace } }: CheckContext): Promise<string> {
  const found = await kubectl.object<NamespaceObject>('namespace', namespace);
  const isLiving = found !== undefined && found.metadata.deletionTimestamp === undefined;
  return isLiving ? namespace : probes.namespace();
}

/**
 * The namespaces in which dry runs tell all: the mirror's, with its quotas and the policies that name it, and the run's own, with the labels of
 * the stack, unless the mirror's has one for Pod Security.
 */
export async function dryRunPlaces({ kubectl, probes, mirror: { namespace } }: CheckContext): Promise<Place[]> {
  const found = await kubectl.object<NamespaceObject>('namespace', namespace);
  const isEnding = found?.metadata.deletionTimestamp !== undefined;
  const isUnlabelled = found?.metadata.labels?.[ENFORCE] === undefined;
  return [
    ...(found === undefined ? [] : [{ namespace, isMirrors: true, isUnlabelled, isEnding }]),
    ...(isUnlabelled
      ? [{ namespace: await probes.namespace(), isMirrors: false, isUnlabelled: false, isEnding: false }]
      : []),
  ];
}
