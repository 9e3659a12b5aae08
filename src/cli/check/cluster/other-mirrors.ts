import { stackLabels } from '../../../kubernetes/names';
import { counted } from '../../../settings/counted';
import type { Check, CheckContext, NodeObject } from '../../probe/check';
import { type Finding, finding, type Level } from '../../shared/finding';
import { names } from '../../shared/table';

/** Whether something else writes containerd's registry settings. */
export const otherMirrors: Check = {
  name: 'other-mirrors',
  title: 'other mirrors in the cluster: Spegel, Dragonfly, kube-image-keeper, the one of k3s',
  when: 'always',
  run: async ({ kubectl, mirror, nodes }: CheckContext) => {
    const list = await kubectl.object<{ items: DaemonSetObject[] }>('daemonsets.apps', '--all-namespaces');
    return otherMirrorFindings(list?.items ?? [], nodes, mirror.namespace, mirror.authentication.permissive);
  },
};

/** The fields of a DaemonSet that show what it is. */
export interface DaemonSetObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: { readonly [label: string]: string };
  };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image?: string }[] } };
  };
}

/** The node label of k3s and RKE2 with embedded-registry: https://docs.k3s.io/installation/registry-mirror */
const K3S_LABEL = 'p2p.k3s.cattle.io/enabled';
/** Of the labels of the stack, the one that no tool replaces: Helm sets `managed-by` to itself. */
const NAME = 'app.kubernetes.io/name';

const KINDS: readonly (readonly [name: string, image: RegExp, remedy: string])[] = [
  ['Spegel', /\/spegel(?=[:@]|$)/, 'replace it as docs/rotation.md says under "From plain Spegel"'],
  [
    'Dragonfly',
    /(?:dragonflyoss|d7y)\//,
    'use one mirror for a registry: take its registries out of stack.yaml, or remove it',
  ],
  [
    'kube-image-keeper',
    /kube-image-keeper/,
    "it rewrites the images of pods: leave the mirror's namespace out of it, or remove it",
  ],
];

/**
 * Findings about other mirrors.
 *
 * @param daemonSets all of the cluster
 * @param nodes the nodes
 * @param namespace the mirror's own
 * @param permissive whether the stack is on its way in beside a plain Spegel
 */
export function otherMirrorFindings(
  daemonSets: readonly DaemonSetObject[],
  nodes: readonly NodeObject[],
  namespace: string,
  permissive: boolean,
): Finding[] {
  const about = (level: Level, message: string, fix?: string) => finding(level, otherMirrors.name, '', message, fix);
  const others = daemonSets.filter(({ metadata }) => metadata.namespace !== namespace);
  const found = others.flatMap(({ metadata, spec }) => {
    const where = `DaemonSet ${metadata.name} in the namespace ${metadata.namespace}`;
    if (metadata.labels?.[NAME] === stackLabels[NAME]) {
      return [
        about(
          'problem',
          `a second stack of secure-mirror: ${where}`,
          'remove one of the two: both need the same port on the nodes',
        ),
      ];
    }
    const images = spec.template.spec.containers.map(({ image = '' }) => image);
    const kind = KINDS.find(([, pattern]) => images.some((image) => pattern.test(image)));
    if (kind === undefined) return [];
    const [name, , remedy] = kind;
    return [about(name === 'Spegel' && !permissive ? 'problem' : 'warning', `${name}: ${where}`, remedy)];
  });
  const k3s = nodes.filter(({ metadata }) => metadata.labels?.[K3S_LABEL] === 'true');
  if (k3s.length > 0) {
    const message = `the embedded registry mirror of k3s is on: ${names(k3s.map(({ metadata }) => metadata.name))}`;
    found.push(
      about('problem', message, 'take "embedded-registry: true" out of the servers\' config.yaml, and start k3s again'),
    );
  }
  return found.length > 0
    ? found
    : [about('ok', `none among ${counted(daemonSets.length, 'DaemonSet')} and ${counted(nodes.length, 'node')}`)];
}
