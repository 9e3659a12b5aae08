/**
 * The name that kustomize, `kubectl -k`, Argo CD and Flux read beside kustomization.yaml. `kubectl apply -f FOLDER` reads each .yaml, and
 * fails at one that is no object of the API: it does not read this.
 */
export const KUSTOMIZATION = 'Kustomization';

/** The names of a user's own: kustomize refuses two in one folder. */
export const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', KUSTOMIZATION];

/**
 * The text of a Kustomization.
 *
 * @param files the manifests, in the order in which to apply them
 */
export function kustomizationText(files: string[]): string {
  return [
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    '# As the files have them: a Namespace before what is in it, a taint after what takes it off.',
    'sortOptions:',
    '  order: fifo',
    'resources:',
    ...files.map((file) => `  - ${file}`),
    '',
  ].join('\n');
}
