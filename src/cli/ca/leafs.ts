import { finding } from '../shared/finding';
import { names } from '../shared/table';
import { issuerName } from './cert-manager';
import { type Authority, authorityName } from './certificates';
import { type CaFacts, type CaNode, type CaVerdict, common, type LeafFacts, leafsOf } from './facts';

/**
 * Where a change of CA stands when all nodes trust all of a bundle of several.
 *
 * @param facts the facts
 * @param trusted the CAs in the bundle
 */
export function leafVerdict(facts: CaFacts, trusted: Authority[]): CaVerdict {
  const leafs = leafsOf(facts);
  const { issuer } = facts;
  const inBundle = (signers: string[]) => trusted.filter(({ fingerprint }) => signers.includes(fingerprint));
  const shared = inBundle(
    common([trusted.map(({ fingerprint }) => fingerprint), ...leafs.map(({ signers }) => signers)]),
  );
  const going = { step: 'leaf', safe: true, findings: [] } as const;

  // The issuer tells who signs from now on; without an issuer it should be the youngest CA.
  const signing = youngest(issuer?.signers ? inBundle(issuer.signers) : trusted);
  if (shared.length === 0) {
    const old = leafs.filter(({ signers }) => !signers.includes(signing.fingerprint));
    const signed = leafs.filter((leaf) => !old.includes(leaf));
    const next = `go on: ${identities(signed)} signed by ${authorityName(signing)}, ${identities(old)} not yet: wait, or have them signed`;
    return { ...going, next, advice: { kind: 'reissue', leafs: old, by: signing } };
  }
  if (issuer?.signers && !shared.some(({ fingerprint }) => issuer.signers?.includes(fingerprint))) {
    const next = `go on: ${issuerName(issuer)} has ${authorityName(signing)}, now have all certificates signed by it`;
    return { ...going, next, advice: { kind: 'reissue', leafs, by: signing } };
  }
  const target = youngest(trusted);
  if (!shared.includes(target)) {
    const who = issuer ? issuerName(issuer) : 'who signs your certificates';
    const back = `(or, to go back, take it out of the bundle)`;
    const next = `all nodes trust ${trusted.map(authorityName).join(' and ')}: give ${who} the new CA, ${authorityName(target)} ${back}`;
    return { ...going, next, advice: { kind: 'issue', by: target } };
  }
  return dropVerdict(facts, leafs, trusted, target);
}

/** Whether the CAs that nothing needs any more may go: only when no node presents a previous certificate. */
function dropVerdict(facts: CaFacts, leafs: LeafFacts[], trusted: Authority[], keep: Authority): CaVerdict {
  const drop = { step: 'drop', safe: false, findings: [] } as const;
  const held = leafs.filter(({ held }) => held);
  const stale = facts.nodes.filter(({ holds }) => held.some(({ fingerprint = '' }) => !holds.includes(fingerprint)));
  if (stale.length > 0) {
    const who = names(stale.map(({ node }) => node));
    const next = `wait: previous certificates are still in use on ${who}; the kubelet brings the new ones within about a minute and a half`;
    return { ...drop, next };
  }
  const apart = otherVersions(facts.nodes);
  if (apart.length > 0) {
    const who = names(apart.map(({ node }) => node));
    return { ...drop, next: `wait: containerd does not use the same identity yet on ${who}` };
  }
  const old = trusted.filter((ca) => ca !== keep);
  const metrics = leafs.filter(({ held }) => !held).map(({ secret }) => secret);
  const next = `all certificates are signed by ${authorityName(keep)} and in use everywhere: take ${old.map(authorityName).join(' and ')} out of the bundle`;
  return {
    ...drop,
    safe: true,
    next,
    advice: { kind: 'drop', keep },
    findings: [
      finding('note', 'connections', 'certificates', 'connections with previous certificates end within 10 minutes'),
      ...metrics.map((secret) =>
        finding('note', 'scrapers', `Secret ${secret}`, 'before this step scrapers must present this certificate'),
      ),
    ],
  };
}

/** Nodes whose containerd uses another identity than most. */
function otherVersions(nodes: CaNode[]): CaNode[] {
  const count = (one: CaNode) => nodes.filter(({ version }) => version === one.version).length;
  const most = [...nodes].sort((a, b) => count(b) - count(a))[0]?.version;
  return nodes.filter(({ version }) => version !== most || version === undefined);
}

/** The CA that begins last, and of those the last: in a bundle, the new one comes after the old one. */
function youngest(authorities: Authority[]): Authority {
  return authorities.reduce((young, ca) => (ca.notBefore >= young.notBefore ? ca : young));
}

function identities(leafs: LeafFacts[]): string {
  return leafs.map(({ identity }) => identity).join(', ') || 'none';
}
