import { names } from '../shared/table';
import { type BundleFacts, type CaFacts, type CaNode, type CaVerdict, type LeafFacts, leafsOf } from './ca-facts';
import { leafVerdict } from './ca-leafs';
import { issuerName } from './cert-manager';
import { type Authority, shown } from './certificates';

/** Where a change of CA stands in a stack that has a bundle: first what is unsafe, then what must be waited for. */
export function bundleVerdict(facts: CaFacts, bundle: BundleFacts): CaVerdict {
  const lacks = lackingInBundle(facts, bundle);
  if (lacks !== undefined) {
    return lacks;
  }
  const trusted = facts.authorities.filter(({ fingerprint }) => bundle.trusts.includes(fingerprint));
  const silent = facts.nodes.filter(({ silence }) => silence !== undefined);
  const answering = facts.nodes.filter(({ silence }) => silence === undefined);
  const notes = silent.length > 0 ? [`nothing is known of ${silences(silent)}`] : [];
  const wait = { step: 'bundle', safe: false, notes } as const;

  const blind = answering.filter((node) => leafsOf(facts).some((leaf) => !trustsLeaf(node, leaf, facts.authorities)));
  if (blind.length > 0) {
    const problem = `certificates are in use whose CA is not trusted on ${nodeNames(blind)}`;
    const next = 'wait until the kubelet has brought the bundle there (about a minute and a half), then look again';
    return { ...wait, next, problems: [`UNSAFE now: ${problem}`] };
  }
  const behind = answering.filter(({ trusts }) => trusted.some(({ id }) => !trusts.includes(id)));
  if (behind.length > 0) {
    const next = `wait: not all of the bundle is trusted yet on ${nodeNames(behind)}; the kubelet brings it within about a minute and a half`;
    return { ...wait, next, problems: [] };
  }
  if (trusted.length > 1) {
    if (silent.length > 0) {
      const next = 'wait until all nodes answer: whoever does not trust both CAs is cut off by the next step';
      return { ...wait, next, problems: [] };
    }
    return { ...leafVerdict(facts, trusted), problems: [] };
  }
  const more = answering.filter(({ trusts }) => trusts.some((id) => trusted.every((ca) => ca.id !== id)));
  const late = more.length > 0 ? [`the CA that was taken out is still trusted on ${nodeNames(more)}`] : [];
  return {
    step: 'steady',
    safe: true,
    next: 'nothing. To change the CA, put the new one into the bundle beside the old one',
    advice: { kind: 'add', missing: 'the new CA' },
    problems: [],
    notes: [...notes, ...late],
  };
}

/** Whether what is in use, or will be, is missing in the bundle. */
function lackingInBundle(facts: CaFacts, { kind, name, key, trusts }: BundleFacts): CaVerdict | undefined {
  const vouched = (signers: readonly string[]) => signers.some((signer) => trusts.includes(signer));
  const where = `${kind} ${name} (key ${key})`;
  const leafs = leafsOf(facts).filter(({ signers }) => !vouched(signers));
  const { issuer } = facts;
  const problems = [
    ...(trusts.length === 0 ? [`UNSAFE now: there is no CA certificate in ${where}`] : []),
    ...leafs.map(({ identity, issuedBy }) => `UNSAFE now: the bundle lacks the CA of ${identity}, ${issuedBy}`),
    ...(issuer?.signers && !vouched(issuer.signers)
      ? [`UNSAFE now: the bundle lacks the CA of ${issuerName(issuer)}: the next renewal would be refused everywhere`]
      : []),
  ];
  if (problems.length === 0) {
    return undefined;
  }
  const missing = missingIn(facts, trusts, leafs) ?? 'the CA that it lacks';
  return {
    step: 'bundle',
    safe: false,
    next: `put ${missing} into the bundle beside what is there`,
    advice: { kind: 'add', missing },
    problems,
    notes: [],
  };
}

/** The CAs to add, by name, of those that are known. */
function missingIn({ authorities, issuer }: CaFacts, trusts: string[], leafs: LeafFacts[]): string | undefined {
  const all = [...leafs.map(({ signers }) => signers), ...(issuer?.signers ? [issuer.signers] : [])];
  const wanted = new Set(all.filter((signers) => !signers.some((ca) => trusts.includes(ca))).map(([ca]) => ca));
  const known = authorities.filter(({ fingerprint }) => wanted.has(fingerprint)).map(shown);
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
