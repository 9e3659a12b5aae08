import { harmOf } from '../../src/kubernetes/harmful-keys';

describe('labels and annotations of all objects', () => {
  it.each([
    'helm.sh/hook',
    'helm.sh/hook-weight',
    'helm.sh/hook-delete-policy',
    'helm.sh/resource-policy',
    'config.kubernetes.io/local-config',
    'argocd.argoproj.io/hook',
    'kustomize.toolkit.fluxcd.io/reconcile',
    'kustomize.toolkit.fluxcd.io/prune',
    'kubernetes.io/metadata.name',
    'pod-security.kubernetes.io/enforce',
    'istio-injection',
    'container.seccomp.security.alpha.kubernetes.io/proxy',
    'seccomp.security.alpha.kubernetes.io/pod',
  ])('may not be %s, by which a tool leaves them out or a lock opens', (key) => {
    expect(harmOf(key)).toMatch(/: (leave it out|for one object, use patches)$/);
  });

  it.each(['argocd.argoproj.io/sync-wave', 'argocd.argoproj.io/sync-options', 'example.com/helm.sh'])(
    'may be %s',
    (key) => {
      expect(harmOf(key)).toBeUndefined();
    },
  );
});
