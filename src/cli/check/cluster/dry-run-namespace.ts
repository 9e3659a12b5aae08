import type { CheckContext } from '../check';

/** Label that says which pods Pod Security lets into a namespace. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * The namespace in which a dry run tells most: the mirror's if it exists as the stack makes it, else the run's own, which has the same
 * labels.
 */
export async function dryRunNamespace({ kubectl, probes, mirror, objects }: CheckContext): Promise<DryRunNamespace> {
  const made = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === mirror.namespace);
  const expected = (made?.metadata.labels as { [label: string]: string } | undefined)?.[ENFORCE];
  const found = await kubectl.object<NamespaceObject>('namespace', mirror.namespace);
  const isEnding = found?.metadata.deletionTimestamp !== undefined;
  if (found !== undefined && !isEnding && found.metadata.labels?.[ENFORCE] === expected) {
    return { namespace: mirror.namespace, isMirrors: true, isEnding };
  }
  return { namespace: await probes.namespace(), isMirrors: false, isEnding };
}

interface NamespaceObject {
  readonly metadata: { readonly labels?: { readonly [label: string]: string }; readonly deletionTimestamp?: string };
}

/** A namespace for dry runs. */
interface DryRunNamespace {
  readonly namespace: string;
  /** Whether it is the mirror's. */
  readonly isMirrors: boolean;
  /** Whether the mirror's is being deleted, and takes nothing any more. */
  readonly isEnding: boolean;
}
