import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, get, kubectl, patch } from './kubectl';
import { eventually } from './run';
import { type MirrorPod, manifestsOfKind, mirrorPodOn, NAMESPACE } from './stack';

/**
 * The proxy's configuration of the last commit before layers took the direct path (110fa8b5), file by file: what its `npm run synth` makes of
 * mutual TLS, metrics and the registries registry.example.com and private.example.com.
 */
const previous: { readonly [file: string]: object } = JSON.parse(
  readFileSync(join(__dirname, 'previous-release.json'), 'utf8'),
);

/** Puts that configuration in the place of this one's, as an apply of that release would. */
export async function applyPrevious(manifests: string): Promise<void> {
  const present = manifestsOfKind(manifests, 'ConfigMap').find(({ data }) => 'listeners.json' in data);
  const data = Object.fromEntries(Object.entries(previous).map(([file, content]) => [file, JSON.stringify(content)]));
  await apply({ ...present, data });
}

/** Gives a node a pod of the mirror as it was then: nothing tells its proxy the pod's UID. Pods of other nodes stay. */
export async function replaceByPrevious(node: string): Promise<MirrorPod> {
  const { spec } = await get('-n', NAMESPACE, 'daemonset', 'mirror');
  const { initContainers } = spec.template.spec;
  // biome-ignore lint/suspicious/noExplicitAny: a container of the API
  const isUid = ({ valueFrom }: any) => valueFrom?.fieldRef?.fieldPath === 'metadata.uid';
  // biome-ignore lint/suspicious/noExplicitAny: a container of the API
  const without = initContainers.map((one: any) => ({ ...one, env: one.env?.filter((env: object) => !isUid(env)) }));
  await patch(NAMESPACE, 'daemonset', 'mirror', {
    spec: {
      updateStrategy: { type: 'OnDelete', rollingUpdate: null },
      template: { spec: { initContainers: without } },
    },
  });
  const { name, uid } = await mirrorPodOn(node);
  await kubectl(['-n', NAMESPACE, 'delete', 'pod', name]);
  return eventually(`another mirror on ${node}`, 120, async () => {
    const pod = await mirrorPodOn(node);
    const { status } = await get('-n', NAMESPACE, 'pod', pod.name);
    const ready = status.conditions?.some(
      (one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True',
    );
    return pod.uid !== uid && ready && pod;
  });
}
