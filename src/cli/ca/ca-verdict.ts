import { REFUSES_ACME } from '../../mirror/authentication/acme';
import { counted } from '../../settings/counted';
import { day, names } from '../shared/table';
import { bundleVerdict } from './ca-bundle';
import { type CaFacts, type CaVerdict, common, type IssuerFacts, leafsOf } from './ca-facts';
import { issuerName } from './cert-manager';
import { shown } from './certificates';

/** A CA that ends sooner is told. */
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
      : [`there is no certificate in ${names(empty.map(({ secret }) => `Secret ${secret}`))}`];
  const acme = facts.issuer?.acme ? [`${issuerName(facts.issuer)} ${REFUSES_ACME}`] : [];
  return {
    ...verdict,
    safe: verdict.safe && acme.length + expired.length + missing.length === 0,
    next: acme.length > 0 ? 'name another issuer: authentication.mutualTls.issuer in stack.yaml' : verdict.next,
    advice: acme.length + missing.length > 0 ? undefined : verdict.advice,
    problems: [...acme, ...verdict.problems, ...expired, ...missing],
    notes: [...verdict.notes, ...soon, ...issuerNote(facts.issuer)],
  };
}

function withoutBundle(facts: CaFacts): CaVerdict {
  const leafs = leafsOf(facts);
  const none = { step: 'none', problems: [], notes: [] } as const;
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
    return { ...give, safe: false, problems: [`UNSAFE now: the ca.crt beside it is not the CA that signed ${who}`] };
  }
  const shared = common(leafs.map(({ signers }) => signers));
  if (shared.length === 0) {
    const who = leafs.map(({ identity, issuedBy }) => `${identity} by ${issuedBy}`);
    const problem = `certificates of more than one CA are in use, and no bundle trusts them all: ${names(who)}`;
    return { ...give, safe: false, problems: [`UNSAFE now: ${problem}`] };
  }
  if (facts.issuer?.signers && common([shared, facts.issuer.signers]).length === 0) {
    const problem = `${issuerName(facts.issuer)} has another CA than the one that signed what is in use`;
    return { ...give, safe: false, problems: [`UNSAFE now: ${problem}: the next renewal parts the mirrors`] };
  }
  return { ...give, safe: true };
}

/** CAs that are over, of those that count; and those that soon will be. */
function ends({ authorities, bundle, leafs, issuer, now }: CaFacts): { expired: string[]; soon: string[] } {
  const inUse = new Set([...leafs.flatMap(({ signers }) => signers), ...(issuer?.signers ?? [])]);
  const listed = authorities.filter(
    ({ fingerprint }) => inUse.has(fingerprint) || bundle?.trusts.includes(fingerprint),
  );
  const left = (to: Date) => to.getTime() - now.getTime();
  const over = listed.filter(({ notAfter }) => left(notAfter) <= 0);
  const ending = listed.filter(({ notAfter }) => left(notAfter) > 0 && left(notAfter) < SOON_DAYS * DAY);
  const told = over.map((ca) => ({
    used: inUse.has(ca.fingerprint),
    text: `the CA ${shown(ca)} expired on ${day(ca.notAfter)}`,
  }));
  return {
    expired: told.filter(({ used }) => used).map(({ text }) => `${text}: no connection is made with its certificates`),
    soon: [
      ...told.filter(({ used }) => !used).map(({ text }) => `${text}; nothing in use needs it`),
      ...ending.map(
        (ca) =>
          `the CA ${shown(ca)} expires in ${counted(Math.floor(left(ca.notAfter) / DAY), 'day')}, on ${day(ca.notAfter)}`,
      ),
    ],
  };
}

function issuerNote(issuer: IssuerFacts | undefined): string[] {
  return issuer && !issuer.acme && issuer.signers === undefined
    ? [`the CA of ${issuerName(issuer)} cannot be read: whether the bundle has it is not known`]
    : [];
}
