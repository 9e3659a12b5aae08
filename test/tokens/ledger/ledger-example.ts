import type { ClusterProps } from '../../../src/stack/cluster-props';

/** A cluster with the four purposes, one in a store, and a shared account that is still in use. */
export const example: ClusterProps = {
  name: 'production',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
  tokens: [
    {
      organization: 'kong',
      quota: { plan: 'team' },
      pull: [
        {
          purpose: 'kubernetes-ingress-controller pull',
          repositories: ['kong/kubernetes-ingress-controller'],
          owner: 'team-k8s',
          created: '2025-05-20',
          expires: '2025-11-16',
          lastVerified: '2025-06-10',
          bindTo: [{ namespace: 'ingress', serviceAccounts: ['controller', 'admission'] }],
          mirror: true,
          holders: [{ kind: 'Group', name: 'release-managers' }],
          usedBy: { developers: ['team-k8s'] },
        },
        {
          purpose: 'nightly-ingress-controller pull',
          repositories: ['kong/nightly-ingress-controller'],
          owner: 'team-k8s',
          created: '2025-05-20',
          rotateEveryDays: 30,
          previousSecret: 'nightly-old',
          bindTo: [{ namespace: 'ingress', serviceAccounts: ['controller'] }],
          externalSecret: { store: 'vault', key: 'registry/nightly-pull', refreshInterval: '1h' },
          usedBy: { workflows: ['Kong/kubernetes-ingress-controller test_nightly.yaml'] },
        },
      ],
      push: [
        {
          purpose: 'kubernetes-ingress-controller push',
          repositories: ['kong/kubernetes-ingress-controller'],
          owner: 'release managers',
          created: '2025-05-20',
          usedBy: { workflows: ['Kong/kubernetes-ingress-controller release.yaml'] },
        },
        {
          purpose: 'nightly-ingress-controller push',
          repositories: ['kong/nightly-ingress-controller'],
          owner: 'release managers',
          mayDelete: true,
          workload: { namespace: 'builds', serviceAccount: 'nightly' },
        },
      ],
      sharedAccount: {
        user: 'kongbot',
        secret: 'shared-registry-account',
        retireBy: '2025-06-15',
        usedBy: { serviceAccounts: [{ namespace: 'legacy', names: ['default'] }], workflows: ['Kong/old ci.yaml'] },
      },
    },
  ],
};
