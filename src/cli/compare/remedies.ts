import type { RenderedObject } from './rendered';

/** Keys of stack.yaml that make what a tool changed, by its place in the object; the first one that fits. */
const KEYS: readonly (readonly [place: RegExp, key: string])[] = [
  [/^\/spec\/template\/metadata\/labels\//, 'podLabels'],
  [/^\/spec\/template\/metadata\/annotations\//, 'podAnnotations'],
  [/^\/metadata\/labels\//, 'labels'],
  [/^\/metadata\/annotations\//, 'annotations'],
  [/^\/spec\/updateStrategy/, 'updateStrategy'],
  [/\/imagePullPolicy$/, 'imagePullPolicy'],
  [/\/(initContainers|containers)\/[^/]+\/resources/, 'resources'],
  [/^\/spec\/template\/spec\/affinity/, 'affinity'],
  [/^\/spec\/template\/spec\/priorityClassName/, 'priorityClassName'],
  [/^\/spec\/template\/spec\/nodeSelector/, 'nodeSelector'],
  [/^\/spec\/template\/spec\/tolerations/, 'tolerations'],
  [/^\/spec\/template\/spec\/imagePullSecrets/, 'imagePullSecrets'],
  [/^\/imagePullSecrets/, 'tokens[].pull[].bindTo'],
];

/** Keys that leave an object out, by its kind. */
const SWITCHES: { readonly [kind: string]: string } = {
  NetworkPolicy: 'network.policies: false',
  CiliumNetworkPolicy: 'network.cni',
  CiliumClusterwideNetworkPolicy: 'network.cni',
  GlobalNetworkPolicy: 'network.cni',
  NodeReadinessRule: 'nodeReadiness',
  ConfigMap: 'tokens',
  ExternalSecret: 'tokens[].pull[].externalSecret',
  MutatingAdmissionPolicy: 'tokens[].pull[].bindTo[].inject',
};

/** What to do about a change of an object: the key that makes it, or patches. */
export function remedyFor(pointer: string): string {
  const key = KEYS.find(([place]) => place.test(pointer))?.[1];
  return key === undefined
    ? 'take the change out of the tool; if you need it, say it under `patches` in stack.yaml'
    : `take the change out of the tool, and set \`${key}\` in stack.yaml`;
}

/** What to do about an object that a tool left out. */
export function remedyForMissing({ kind, metadata }: RenderedObject): string {
  const key =
    kind === 'ServiceAccount' && metadata.labels === undefined
      ? 'serviceAccounts.apply: false'
      : kind.startsWith('ValidatingAdmissionPolicy')
        ? metadata.name.startsWith('secured-mirror-guard')
          ? 'guards'
          : 'admission.policies: false'
        : SWITCHES[kind];
  const instead = key === undefined ? '' : `; if you do not want it, set \`${key}\` in stack.yaml`;
  return `render all files of the folder that synth wrote, and drop none of their objects${instead}`;
}
