import { REFUSES_ACME } from '../../mirror/authentication/acme';
import { counted } from '../../settings/counted';
import { type Finding, finding, type Level } from '../shared/finding';
import { day, names } from '../shared/table';
import { bundleVerdict } from './bundle';
import { issuerName } from './cert-manager';
import { type Authority, authorityName } from './certificates';
import { type CaFacts, type CaVerdict, common, type IssuerFacts, leafsOf } from './facts';

/** A note names a CA that ends sooner. */
const SOON_DAYS = 30;
const DAY = 24 * 3600 * 1000;

/** Where a change of CA stands, and what comes next. */
export function caVerdict(facts: CaFacts): CaVerdict {
  const verdict = facts.bundle ? bundleVerdict(facts, facts.bundle) : withoutBundle(facts);
  const { expired, soon } = ends(facts);
  const empty = facts.leafs.filter(({ fingerprint }) => fingerprint === undefined);
  const missing =
    empty.length === 0 || (facts.bundle === undefined && empty.length === facts.leafs.length)
      ? []
      : [
          finding(
            'problem',
            'certificate-missing',
            names(empty.map(({ secret }) => `Secret ${secret}`)),
            'no certificate in it',
          ),
        ];
  const acme = facts.issuer?.acme
    ? [finding('problem', 'acme-issuer', 'certificates', `${issuerName(facts.issuer)} ${REFUSES_ACME}`)]
    : [];
  const isProblem = ({ level }: Finding) => level === 'problem';
  return {
    ...verdict,
    safe: verdict.safe && acme.length + expired.length + missing.length === 0,
    next: acme.length > 0 ? 'name another issuer: authentication.mutualTls.issuer in stack.yaml' : verdict.next,
    advice: acme.length + missing.length > 0 ? undefined : verdict.advice,
    findings: [
      ...acme,
      ...verdict.findings.filter(isProblem),
      ...expired,
      ...missing,
      ...verdict.findings.filter((one) => !isProblem(one)),
      ...soon,
      ...issuerNote(facts.issuer),
    ],
  };
}

function withoutBundle(facts: CaFacts): CaVerdict {
  const leafs = leafsOf(facts);
  const none = { step: 'none', findings: [] } as const;
  if (leafs.length === 0) {
    return { ...none, safe: true, next: 'nothing: no certificates are in use, so there is no CA to change' };
  }
  const give = {
    ...none,
    advice: { kind: 'give' },
    next: 'give the stack a bundle first: authentication.mutualTls.trust in stack.yaml, see docs/rotation.md',
  } as const;
  const unknown = leafs.filter(({ signers }) => signers.length === 0);
  if (unknown.length > 0) {
    const who = names(unknown.map(({ identity, secret }) => `${identity} (Secret ${secret})`));
    const problem = `the ca.crt beside it is not the CA that signed ${who}`;
    return { ...give, safe: false, findings: [finding('problem', 'untrusted', 'certificates', problem)] };
  }
  const shared = common(leafs.map(({ signers }) => signers));
  if (shared.length === 0) {
    const who = leafs.map(({ identity, issuedBy }) => `${identity} by ${issuedBy}`);
    const problem = `more than one CA signed them, and the stack has no bundle of all: ${names(who)}`;
    return { ...give, safe: false, findings: [finding('problem', 'untrusted', 'certificates', problem)] };
  }
  if (facts.issuer?.signers && common([shared, facts.issuer.signers]).length === 0) {
    const problem = 'another CA than its own signed the certificates in use: the next renewal parts the mirrors';
    return {
      ...give,
      safe: false,
      findings: [finding('problem', 'issuer-differs', issuerName(facts.issuer), problem)],
    };
  }
  return { ...give, safe: true };
}

/** The CAs that expired, and the ones that soon will: only CAs of the bundle, or in use. */
function ends({ authorities, bundle, leafs, issuer, now }: CaFacts): { expired: Finding[]; soon: Finding[] } {
  const inUse = new Set([...leafs.flatMap(({ signers }) => signers), ...(issuer?.signers ?? [])]);
  const listed = authorities.filter(
    ({ fingerprint }) => inUse.has(fingerprint) || bundle?.trusts.includes(fingerprint),
  );
  const left = (to: Date) => to.getTime() - now.getTime();
  const over = listed.filter(({ notAfter }) => left(notAfter) <= 0);
  const ending = listed.filter(({ notAfter }) => left(notAfter) > 0 && left(notAfter) < SOON_DAYS * DAY);
  const ended = (level: Level, ca: Authority, message: string) =>
    finding(level, 'ca-expired', `CA ${authorityName(ca)}`, `expired on ${day(ca.notAfter)}${message}`);
  return {
    expired: over
      .filter(({ fingerprint }) => inUse.has(fingerprint))
      .map((ca) => ended('problem', ca, ': the other side refuses connections with its certificates')),
    soon: [
      ...over
        .filter(({ fingerprint }) => !inUse.has(fingerprint))
        .map((ca) => ended('note', ca, '; nothing in use needs it')),
      ...ending.map((ca) => {
        const days = counted(Math.floor(left(ca.notAfter) / DAY), 'day');
        return finding('note', 'ca-expires', `CA ${authorityName(ca)}`, `expires in ${days}, on ${day(ca.notAfter)}`);
      }),
    ],
  };
}

function issuerNote(issuer: IssuerFacts | undefined): Finding[] {
  return issuer && !issuer.acme && issuer.signers === undefined
    ? [
        finding(
          'note',
          'issuer-unknown',
          issuerName(issuer),
          'its CA is not readable, so nobody knows whether the bundle has it',
        ),
      ]
    : [];
}
