import type { Authority } from '../../../src/cli/ca/certificates';
import type { CaFacts, CaNode, IssuerFacts, LeafFacts } from '../../../src/cli/ca/facts';
import { caVerdict } from '../../../src/cli/ca/verdict';
import type { Level } from '../../../src/cli/shared/finding';
import { sentence } from '../../../src/cli/shared/findings-text';

/** When it is in these tests. */
export const now = new Date('2026-01-31T00:00:00Z');
const days = (number: number) => new Date(now.getTime() + number * 24 * 3600 * 1000);

/** A CA that is valid from some days before or after now. */
export function authority(name: string, from: number, to = 1000): Authority {
  const fingerprint = `${name}:00:00:00:00`;
  return { subject: `CN=${name}`, fingerprint, id: `id-${name}`, notBefore: days(from), notAfter: days(to) };
}

/** The CA of before. */
export const OLD = authority('OLD', -300);
/** The CA that takes over. */
export const NEW = authority('NEW', -1);
/** How certificates name them. */
export const [old, young] = [OLD.fingerprint, NEW.fingerprint];

/** A certificate that CAs vouch for. */
export function leaf(identity: string, ...signers: string[]): LeafFacts {
  const secret = `mirror-${identity}`;
  const fingerprint = `${identity} by ${signers}`;
  return { identity, secret, fingerprint, held: true, issuedBy: 'CN=x', signers, certificate: secret };
}

/** All certificates, that CAs vouch for. */
export const leafs = (...signers: string[]) => ['peer', 'server', 'node'].map((identity) => leaf(identity, ...signers));

/** A node that trusts CAs and holds whatever certificates there are. */
export function node(name: string, trusts: Authority[], more: Partial<CaNode> = {}): CaNode {
  const holds = [...leafs(old), ...leafs(young), ...leafs(old, young)].map(({ fingerprint = '' }) => fingerprint);
  return { node: name, trusts: trusts.map(({ id }) => id), holds, version: 'g1', ...more };
}

/** An issuer whose CA is vouched for. */
export function issuer(...signers: string[]): IssuerFacts {
  return { name: 'mirror', kind: 'Issuer', group: 'cert-manager.io', secret: { name: 'mirror-ca' }, signers };
}

/** A bundle of CAs. */
export const bundle = (...trusts: string[]) =>
  ({ kind: 'ConfigMap', name: 'mirror-trust', key: 'ca.crt', trusts }) as const;

/** Facts of a stack whose nodes all trust what is in its bundle. */
export function facts(more: Partial<CaFacts>): CaFacts {
  const authorities = more.authorities ?? [OLD, NEW];
  const trusted = authorities.filter(({ fingerprint }) => more.bundle?.trusts.includes(fingerprint));
  const nodes = [node('w1', trusted), node('w2', trusted)];
  return { now, authorities, leafs: leafs(old), issuer: issuer(old), nodes, ...more };
}

/** The bundle on the way. */
export const both = bundle(old, young);

/** Facts and the expected verdict. */
export interface Case {
  readonly is: string;
  readonly of: Partial<CaFacts>;
  readonly step: string;
  readonly safe: boolean;
  readonly next: RegExp;
  readonly problems?: RegExp[];
  readonly notes?: RegExp[];
  readonly advice?: string;
}

/** Expects the verdict. */
export function check({ of, step, safe, next, problems = [], notes = [], advice }: Case): void {
  const verdict = caVerdict(facts(of));
  const sentences = (level: Level) => verdict.findings.filter((one) => one.level === level).map(sentence);
  expect({ ...verdict, problems: sentences('problem'), notes: sentences('note') }).toMatchObject({
    ...{ step, safe },
    next: expect.stringMatching(next),
    problems: problems.map((pattern) => expect.stringMatching(pattern)),
    notes: notes.map((pattern) => expect.stringMatching(pattern)),
  });
  expect(verdict.findings).toHaveLength(problems.length + notes.length);
  expect(verdict.advice?.kind).toBe(advice);
}
