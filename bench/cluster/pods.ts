import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import type { PodUids } from './attribute';
import { places, type SetUp, TOOLS_NAMESPACE } from './names';

interface Pod {
  readonly metadata: { readonly uid: string };
}

/** The pods of the bench as they are now: a pod that was replaced has another UID. */
export async function podUids(kubectl: Kubectl): Promise<(measured: SetUp) => PodUids> {
  const [tools, plain, secured] = await Promise.all(
    [TOOLS_NAMESPACE, places.plain.namespace, places.secured.namespace].map(async (namespace) => {
      const list = await kubectl.object<{ items: Pod[] }>('pods', '--namespace', namespace);
      return new Set(list?.items.map(({ metadata }) => metadata.uid));
    }),
  );
  const none: ReadonlySet<string> = new Set();
  return (measured) => {
    const [own, other] = measured === 'plain' ? [plain, secured] : [secured, plain];
    return { tools: tools ?? none, measured: own ?? none, other: other ?? none };
  };
}
