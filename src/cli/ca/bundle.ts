import { type Finding, finding } from '../shared/finding';
import { names } from '../shared/table';
import { issuerName } from './cert-manager';
import { type Authority, authorityName } from './certificates';
import { type BundleFacts, type CaFacts, type CaNode, type CaVerdict, type LeafFacts, leafsOf } from './facts';
import { leafVerdict } from './leafs';

/** Where a change of CA stands in a stack that has a bundle: first the problems, then the steps to wait for. */
export function bundleVerdict(facts: CaFacts, bundle: BundleFacts): CaVerdict {
  const lacks = lackingInBundle(facts, bundle);
  if (lacks !== undefined) {
    return lacks;
  }
  const trusted = facts.authorities.filter(({ fingerprint }) => bundle.trusts.includes(fingerprint));
  const silent = facts.nodes.filter(({ silence }) => silence !== undefined);
  const answering = facts.nodes.filter(({ silence }) => silence === undefined);
  const notes =
    silent.length > 0
      ? [finding('note', 'silent', 'nodes', `they do not say which CAs they trust: ${silences(silent)}`)]
      : [];
  const wait = { step: 'bundle', safe: false, findings: notes } as const;

  const blind = answering.filter((node) => leafsOf(facts).some((leaf) => !trustsLeaf(node, leaf, facts.authorities)));
  if (blind.length > 0) {
    const problem = `they do not trust the CA of certificates in use: ${nodeNames(blind)}`;
    const next = 'wait until the kubelet has brought the bundle there (about a minute and a half), then look again';
    return { ...wait, next, findings: [finding('problem', 'untrusted', 'nodes', problem), ...notes] };
  }
  const behind = answering.filter(({ trusts }) => trusted.some(({ id }) => !trusts.includes(id)));
  if (behind.length > 0) {
    const next = `wait: these nodes do not trust all of the bundle yet: ${nodeNames(behind)}; the kubelet brings it within about a minute and a half`;
    return { ...wait, next };
  }
  if (trusted.length > 1) {
    if (silent.length > 0) {
      const next = 'wait until all nodes answer: the next step cuts off nodes that do not trust both CAs';
      return { ...wait, next };
    }
    return leafVerdict(facts, trusted);
  }
  const more = answering.filter(({ trusts }) => trusts.some((id) => trusted.every((ca) => ca.id !== id)));
  const late =
    more.length > 0
      ? [finding('note', 'late', 'nodes', `they still trust the CA that left the bundle: ${nodeNames(more)}`)]
      : [];
  return {
    step: 'steady',
    safe: true,
    next: 'nothing. To change the CA, put the new one into the bundle beside the old one',
    advice: { kind: 'add', missing: 'the new CA' },
    findings: [...notes, ...late],
  };
}

/** The verdict where the bundle lacks the CA of certificates in use, or of the next ones. */
function lackingInBundle(facts: CaFacts, { kind, name, key, trusts }: BundleFacts): CaVerdict | undefined {
  const vouched = (signers: readonly string[]) => signers.some((signer) => trusts.includes(signer));
  const where = `${kind} ${name} (key ${key})`;
  const leafs = leafsOf(facts).filter(({ signers }) => !vouched(signers));
  const { issuer } = facts;
  const problem = (message: string) => finding('problem', 'bundle-lacks', where, message);
  const findings: Finding[] = [
    ...(trusts.length === 0 ? [finding('problem', 'bundle-empty', where, 'the bundle has no CA certificate')] : []),
    ...leafs.map(({ identity, issuedBy }) => problem(`the bundle lacks the CA of ${identity}, ${issuedBy}`)),
    ...(issuer?.signers && !vouched(issuer.signers)
      ? [problem(`the bundle lacks the CA of ${issuerName(issuer)}: all nodes would refuse the next renewal`)]
      : []),
  ];
  if (findings.length === 0) {
    return undefined;
  }
  const missing = missingIn(facts, trusts, leafs) ?? 'the CA that it lacks';
  return {
    step: 'bundle',
    safe: false,
    next: `put ${missing} into the bundle beside the others`,
    advice: { kind: 'add', missing },
    findings,
  };
}

/** The known CAs to add, by name. */
function missingIn({ authorities, issuer }: CaFacts, trusts: string[], leafs: LeafFacts[]): string | undefined {
  const all = [...leafs.map(({ signers }) => signers), ...(issuer?.signers ? [issuer.signers] : [])];
  const lacking = new Set(all.filter((signers) => !signers.some((ca) => trusts.includes(ca))).map(([ca]) => ca));
  const known = authorities.filter(({ fingerprint }) => lacking.has(fingerprint)).map(authorityName);
  return known.length > 0 ? known.join(' and ') : undefined;
}

function trustsLeaf({ trusts }: CaNode, { signers }: LeafFacts, authorities: Authority[]): boolean {
  return authorities.some(({ id, fingerprint }) => signers.includes(fingerprint) && trusts.includes(id));
}

function silences(nodes: CaNode[]): string {
  return names(nodes.map(({ node, silence }) => `${node} (${silence})`));
}

function nodeNames(nodes: CaNode[]): string {
  return names(nodes.map(({ node }) => node));
}
