import { commandsFor } from '../../../src/cli/ca/commands';
import type { CaFacts } from '../../../src/cli/ca/facts';
import { caVerdict } from '../../../src/cli/ca/verdict';
import { both, bundle, facts, issuer, leaf, leafs, NEW, old, young } from './example';

describe('commands', () => {
  const commands = (more: Partial<CaFacts>) => {
    const all = facts(more);
    const { advice } = caVerdict(all);
    return advice ? commandsFor(advice, all, 'kubectl -n m').join('\n') : '';
  };
  const APPLY = '--dry-run=client -o yaml | kubectl -n m apply --server-side --force-conflicts -f -';
  const own = leafs(old).map((one) => ({ ...one, certificate: undefined }));

  it('give a bundle', () => {
    expect(commands({})).toContain('kubectl -n m create configmap mirror-trust --from-file=ca.crt\n');
  });

  it('put a CA into the bundle, where the user keeps it', () => {
    expect(commands({ bundle: bundle(old) })).toContain(`--from-file=ca.crt=bundle.crt ${APPLY}`);
    const secret = { ...bundle(old), kind: 'Secret', name: 'cas', key: 'all.pem' } as const;
    expect(commands({ bundle: secret })).toContain(
      `get secret cas -o go-template='{{index .data "all.pem" | base64decode}}'`,
    );
    expect(commands({ bundle: secret })).toContain(`create secret generic cas --from-file=all.pem=bundle.crt ${APPLY}`);
  });

  it('leave what trust-manager keeps to it', () => {
    for (const trusts of [bundle(old), both]) {
      const kept = { bundle: { ...trusts, keeper: 'org' }, issuer: issuer(young), leafs: leafs(old, young) };
      expect(commands(kept)).toContain('kubectl -n m edit bundle org');
      expect(commands(kept)).not.toContain('create');
    }
  });

  it('give the issuer the new CA and have all signed anew, by no deletion', () => {
    const text = commands({ bundle: both });
    expect(text).toContain(`create secret tls mirror-ca --cert=new-ca.crt --key=new-ca.key ${APPLY}`);
    expect(text).toContain(
      'patch certificates.cert-manager.io mirror-peer mirror-server mirror-node --subresource=status',
    );
    expect(text).not.toContain('delete');
    const elsewhere = { ...issuer(old), kind: 'ClusterIssuer', secret: { namespace: 'cert-manager', name: 'ca' } };
    expect(commands({ bundle: both, issuer: elsewhere })).toContain(
      'kubectl -n m --namespace cert-manager create secret tls ca ',
    );
    expect(commands({ bundle: both, issuer: { ...issuer(old), secret: undefined } })).toContain(
      '# have Issuer mirror sign',
    );
  });

  it('have only the rest signed', () => {
    const some = { bundle: both, issuer: issuer(young), leafs: [leaf('peer', young), leaf('node', old)] };
    expect(commands(some)).toContain('certificates.cert-manager.io mirror-node --subresource');
  });

  it('put own certificates into their Secrets', () => {
    const text = commands({ bundle: both, issuer: undefined, leafs: own });
    expect(text).toContain('create secret generic mirror-node --type=kubernetes.io/tls --from-file=tls.crt');
    expect(text).not.toContain('patch');
  });

  it('drop the old one', () => {
    const text = commands({ bundle: both, issuer: issuer(young), leafs: leafs(young) });
    expect(text).toContain(`--from-file=ca.crt=new-ca.crt ${APPLY}`);
    expect(text).toContain(NEW.fingerprint);
  });
});
