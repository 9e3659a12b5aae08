/** A stack.yaml with the tokens of an organisation at Docker Hub: two that pull, two that push, and the account that they replace. */
export function stackText(more: { account?: string; usedBy?: string; end?: string } = {}): string {
  const { account = 'teamaccount', usedBy = '', end = '2025-06-15' } = more;
  return `clusters:
  - name: test
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    tokens:
      - organization: kong
        pull:
          - purpose: kubernetes-ingress-controller pull
            repositories: [kong/kubernetes-ingress-controller]
            owner: team
            bindTo: [{namespace: kong, serviceAccounts: [controller]}]
          - purpose: nightly-ingress-controller pull
            repositories: [kong/nightly-ingress-controller]
            owner: team
            bindTo: [{namespace: kong, serviceAccounts: [controller]}]
        push:
          - purpose: kubernetes-ingress-controller push
            repositories: [kong/kubernetes-ingress-controller]
            owner: team
            workload: {namespace: build, serviceAccount: builder}
          - purpose: nightly-ingress-controller push
            repositories: [kong/nightly-ingress-controller]
            owner: team
        sharedAccount:
          user: ${account}
          secret: shared-account
          retireBy: ${end}
${usedBy}`;
}

/** Keys of a Secret for repositories at Docker Hub. */
export function hubKeys(user: string, ...repositories: string[]): { [key: string]: string } {
  const hosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
  return Object.fromEntries(hosts.flatMap((host) => repositories.map((one) => [`${host}/${one}`, user])));
}
