import { mirrorLabels } from '../../../src/kubernetes/names';
import type { Source } from '../../../src/mirror/network/sources';
import { kind, type Manifest } from '../../support';

/** Somebody who dials a pod of the mirror, as a CNI sees it. */
interface Caller {
  readonly namespace?: string;
  readonly labels?: { readonly [label: string]: string };
  /** Cilium's reserved labels of what is no pod. */
  readonly reserved?: string[];
  /** The network of its address, of what is no pod. */
  readonly network?: string;
}

/** All forms in which a source may come. A pod of another namespace may have the labels of a mirror. */
const CALLERS: { readonly [source in Source & string]: Caller[] } = {
  // On the API server's own node, Cilium adds its label to the identity of the node.
  ownNode: [{ reserved: ['host'] }, { reserved: ['host', 'kube-apiserver'] }],
  mirrors: [{ namespace: 'secured-mirror', labels: mirrorLabels }],
  pods: [
    { namespace: 'tenant', labels: { app: 'web' } },
    { namespace: 'tenant', labels: mirrorLabels },
    { namespace: 'agents', labels: { app: 'web' } },
    { namespace: 'secured-mirror', labels: { app: 'web' } },
  ],
  otherNodes: [{ reserved: ['remote-node'] }],
  apiServer: [{ reserved: ['remote-node', 'kube-apiserver'] }, { reserved: ['world', 'kube-apiserver'] }],
  outside: [{ reserved: ['world'] }],
};

/** The forms of a source. */
export function callersOf(source: Source): Caller[] {
  if (typeof source === 'string') return CALLERS[source];
  if ('cidr' in source) return [{ reserved: ['world'], network: source.cidr }];
  return [{ namespace: source.namespace, labels: { app: 'any', ...source.labels } }];
}

/**
 * Whether a mirror's pod may be reached, by a reading of the emitted objects that is not the code which emits them. The rules of the CNIs
 * are from their documents: Cilium's denials win, and Calico's policies of a lower order come first.
 *
 * @param objects the policies, among others
 * @param caller who dials
 * @param port the port, of TCP
 */
export function isReached(objects: Manifest[], caller: Caller, port: number): boolean {
  const cilium = kind(objects, 'CiliumNetworkPolicy').map(({ spec }) => spec);
  if (cilium.some(({ ingressDeny = [] }) => ingressDeny.some((rule: Manifest) => ciliumMatches(rule, caller, port)))) {
    return false;
  }
  if (caller.reserved?.includes('host')) return true;
  const ours = kind(objects, 'NetworkPolicy').filter(({ apiVersion }) => apiVersion === 'projectcalico.org/v3');
  for (const { action, ...rule } of ours.flatMap(({ spec }) => spec.ingress)) {
    if (calicoMatches(rule, caller, port)) return action === 'Allow';
  }
  const plain = kind(objects, 'NetworkPolicy').filter(({ apiVersion }) => apiVersion === 'networking.k8s.io/v1');
  return (
    cilium.some(({ ingress }) => ingress.some((rule: Manifest) => ciliumMatches(rule, caller, port))) ||
    plain.some(({ spec }) => (spec.ingress ?? []).some((rule: Manifest) => matches(rule, caller, port)))
  );
}

function has(labels: Caller['labels'], wanted: object): boolean {
  return labels !== undefined && Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

function matches({ from, ports }: Manifest, { namespace, labels, network }: Caller, port: number): boolean {
  if (ports && !ports.some((one: Manifest) => one.port === port)) return false;
  if (from === undefined) return true;
  return from.some(({ namespaceSelector, podSelector, ipBlock }: Manifest) => {
    if (ipBlock) return ipBlock.cidr === network;
    const wanted = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? 'secured-mirror';
    return namespace === wanted && has(labels, podSelector?.matchLabels ?? {});
  });
}

function ciliumMatches(
  { fromEntities, fromEndpoints, fromCIDR, toPorts }: Manifest,
  caller: Caller,
  port: number,
): boolean {
  const numbers = toPorts?.flatMap(({ ports }: Manifest) => ports.map((one: Manifest) => one.port));
  if (numbers && !numbers.includes(`${port}`)) return false;
  if (fromEntities?.includes('all')) return true;
  if (caller.network && fromCIDR?.includes(caller.network)) return true;
  if (caller.reserved) return caller.reserved.some((label) => fromEntities?.includes(label));
  return (fromEndpoints ?? []).some(({ matchLabels }: Manifest) => {
    const { 'k8s:io.kubernetes.pod.namespace': namespace = 'secured-mirror', ...labels } = matchLabels;
    return caller.namespace === namespace && has(caller.labels, labels);
  });
}

function calicoMatches(
  { source, destination }: Manifest,
  { namespace, labels, network }: Caller,
  port: number,
): boolean {
  if (destination && !destination.ports.includes(port)) return false;
  if (source === undefined) return true;
  if (source.nets) return source.nets.includes(network);
  const { 'projectcalico.org/name': wanted = 'secured-mirror' } = terms(source.namespaceSelector);
  return namespace === wanted && has(labels, terms(source.selector));
}

/** What an expression of Calico compares, such as `a == 'b' && c == 'd'`. */
function terms(expression = ''): { [label: string]: string } {
  return Object.fromEntries(
    [...expression.matchAll(/([^ &]+) == '([^']*)'/g)].map(([, label = '', value = '']) => [label, value]),
  );
}
