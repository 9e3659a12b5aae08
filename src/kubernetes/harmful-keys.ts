/** To do for one object what would be wrong for all. */
const ONE = 'for one object, use patches';
const CONFINED = 'it takes back what confines the containers: leave it out';
const SIDECAR = "the mesh's sidecar would stand in the way of mutual TLS and break the pod: leave it out";

/** Keys of labels and annotations by which a tool leaves an object out, or a lock opens. One that ends with a slash begins some. */
const HARMFUL: readonly (readonly [key: string, reason: string])[] = [
  ['helm.sh/hook', `Helm would take every object for a hook, and not for a part of the release: ${ONE}`],
  ['helm.sh/hook-weight', `it is for hooks of Helm, which no object of the stack is: ${ONE}`],
  ['helm.sh/hook-delete-policy', `it is for hooks of Helm, which no object of the stack is: ${ONE}`],
  ['helm.sh/resource-policy', `Helm would leave every object behind: ${ONE}`],
  ['config.kubernetes.io/local-config', `kustomize would leave every object out: ${ONE}`],
  [
    'argocd.argoproj.io/hook',
    `Argo CD would take every object for a hook, and not for a part of the application: ${ONE}`,
  ],
  ['argocd.argoproj.io/hook-delete-policy', `it is for hooks of Argo CD, which no object of the stack is: ${ONE}`],
  ['kustomize.toolkit.fluxcd.io/', `Flux would treat every object in another way, or leave it out: ${ONE}`],
  ['kubernetes.io/metadata.name', 'the API server sets it, and policies know namespaces by it: leave it out'],
  ['pod-security.kubernetes.io/', "the namespace's own says what pods may do: leave it out"],
  ['istio-injection', SIDECAR],
  ['istio.io/rev', SIDECAR],
  ['container.apparmor.security.beta.kubernetes.io/', CONFINED],
  ['container.seccomp.security.alpha.kubernetes.io/', CONFINED],
  ['seccomp.security.alpha.kubernetes.io/', CONFINED],
  ['k8s.v1.cni.cncf.io/networks', 'policies do not hold on networks beside the first: leave it out'],
];

/**
 * Why a label or an annotation may not be on all objects or pods, if it may not.
 *
 * @param key its key
 */
export function harmOf(key: string): string | undefined {
  return HARMFUL.find(([one]) => (one.endsWith('/') ? key.startsWith(one) : key === one))?.[1];
}
