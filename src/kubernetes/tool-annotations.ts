import { metadata } from './names';

/**
 * Annotations of an object that no tool may delete because it is in its input no more, or because its input is deleted: Argo CD, Flux,
 * and Helm, also for another release or application of theirs that has the object too.
 */
export const keptByTools: { readonly [annotation: string]: string } = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  'helm.sh/resource-policy': 'keep',
};

/** Annotation by which Flux substitutes in an object, or leaves it alone. */
export const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/**
 * Metadata of an object of the stack with texts in which `${…}` is not Flux's: it substitutes nothing there, and does not even parse them.
 *
 * @param namespace its namespace
 * @param name its name
 */
export function textMetadata(namespace: string, name: string) {
  return {
    ...metadata(namespace, name),
    annotations: { [SUBSTITUTE]: 'disabled' },
  };
}
