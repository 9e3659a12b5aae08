import type { CheckContext } from '../check';

/** Label that says which pods Pod Security lets into a namespace. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * The namespace in which a dry run tells most: the mirror's if it exists as the stack makes it, else the run's own, which has the same
 * labels.
 */
export async function dryRunNamespace({
  kubectl,
  probes,
  mirror,
  objects,
}: CheckContext): Promise<{ readonly namespace: string; readonly isMirrors: boolean }> {
  const made = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === mirror.namespace);
  const expected = (made?.metadata.labels as { [label: string]: string } | undefined)?.[ENFORCE];
  const found = await kubectl.object<{ metadata: { labels?: { [label: string]: string } } }>(
    'namespace',
    mirror.namespace,
  );
  if (found?.metadata.labels?.[ENFORCE] === expected && found !== undefined) {
    return { namespace: mirror.namespace, isMirrors: true };
  }
  return { namespace: await probes.namespace(), isMirrors: false };
}
