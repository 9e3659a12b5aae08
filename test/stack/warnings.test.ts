import { parseStackFile } from '../../src/stack/reader';
import { resolveStack } from '../../src/stack/resolve';
import { warningsOf } from '../../src/stack/warnings';

/** What synth says of a token that is bound, in a cluster with a DNS service. */
function said(dns: string, binding = '', token = ''): string[] {
  const text = `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    network: {dns: {preset: ${dns}}}
    tokens:
      - organization: kong
        pull:
          - purpose: nightly pull
            repositories: [kong/nightly]
            owner: team
            bindTo: [{namespace: kong, serviceAccounts: [controller, gateway]${binding}}]${token}
`;
  const { clusters } = parseStackFile(text, 'stack.yaml', '2025-06-01');
  return clusters.flatMap((one) => warningsOf(resolveStack(one), '2025-06-01'));
}

describe('lists of pull secrets on OpenShift', () => {
  it('lose its own Secret by an apply, and synth says so before', () => {
    expect(said('openshift')).toEqual([
      "tokens[0].pull[0].bindTo[0]: applying sets the whole list of pull secrets, which takes OpenShift's controller-dockercfg-… off " +
        'kong/controller, gateway-dockercfg-… off kong/gateway: say apply: false, and tokens drift prints a patch that keeps it',
    ]);
  });

  it('lose nothing where they are not applied, or it is not OpenShift', () => {
    expect(said('openshift', ', apply: false')).toEqual([]);
    expect(said('kube-dns')).toEqual([]);
  });
});
