/** Labels and annotations by which tools know their objects again; each with these beginnings is a tool's. */
const PREFIXES = [
  'argocd.argoproj.io/',
  'config.k8s.io/',
  'config.kubernetes.io/',
  'deployment.kubernetes.io/',
  'helm.sh/',
  'helm.toolkit.fluxcd.io/',
  'internal.config.kubernetes.io/',
  'kubectl.kubernetes.io/',
  'kustomize.toolkit.fluxcd.io/',
  'meta.helm.sh/',
  'pulumi.com/',
];

/** Argo CD's default label of tracking, and what Helm and charts add. */
const LABELS = ['app.kubernetes.io/instance', 'app.kubernetes.io/managed-by', 'applyset.kubernetes.io/part-of'];

/** What the API server and tools put into an object and nobody writes. */
const FIELDS = [
  '/status',
  '/metadata/creationTimestamp',
  '/metadata/generation',
  '/metadata/managedFields',
  '/metadata/resourceVersion',
  '/metadata/selfLink',
  '/metadata/uid',
];

/** Whether tools add this label or annotation to objects. */
export function isOfTools(key: string): boolean {
  return LABELS.includes(key) || PREFIXES.some((prefix) => key.startsWith(prefix));
}

/** Whether a tool may change the value of this label: Helm says that it manages what it installs. */
export function isChangedByTools(key: string): boolean {
  return key === 'app.kubernetes.io/managed-by';
}

/** Whether nobody writes this field. */
export function isOfServer(pointer: string): boolean {
  return FIELDS.includes(pointer);
}
