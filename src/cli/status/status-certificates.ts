import { REFUSES_ACME } from '../../mirror/authentication/acme';
import { counted } from '../../settings/counted';
import { day } from '../shared/table';
import { type CertificateFacts, type Finding, ok, problem, type StatusFacts, warning } from './status-facts';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** What is to be said about the certificates; nothing where there are none to be. */
export function certificateFindings({ certificates, nodes, now }: StatusFacts): Finding[] {
  const acme = new Set(certificates.flatMap(({ acmeIssuer }) => acmeIssuer ?? []));
  const refused = [...acme].map((issuer) => problem(`certificates: ${issuer} ${REFUSES_ACME}`));
  const none = certificates.every(({ valid }) => valid === undefined);
  if (none && nodes.every(({ report }) => report?.presents !== 'mutual-tls')) {
    return refused;
  }
  return [...refused, ...certificates.map((certificate) => finding(certificate, now))];
}

function finding(certificate: CertificateFacts, now: Date): Finding {
  const { identity, secret, valid } = certificate;
  const what = `certificate ${identity} (Secret ${secret})`;
  if (valid === undefined) {
    return problem(`${what}: there is none`);
  }
  const left = valid.to.getTime() - now.getTime();
  if (left <= 0) {
    return problem(`${what}: expired on ${day(valid.to)}: no connection is made with it`);
  }
  if (valid.from > now) {
    return problem(`${what}: not valid before ${valid.from.toISOString()}`);
  }
  const days = Math.floor(left / DAY);
  const time = `${days > 1 ? counted(days, 'day') : counted(Math.floor(left / HOUR), 'hour')} left`;
  const { renewBefore = ownRenewal(valid) } = certificate;
  // A renewal takes a moment: only what is clearly late counts.
  if (left < renewBefore * HOUR * 0.95) {
    const hint =
      certificate.renewBefore === undefined
        ? 'it is your own: renew it'
        : `cert-manager should have renewed it ${counted(Math.round(renewBefore), 'hour')} before its end: look at its Certificate`;
    return warning(`${what}: ${time}; ${hint}`);
  }
  return ok(`${what}: ${time}, until ${day(valid.to)}`);
}

/** Hours before its end at which a certificate without cert-manager is to be renewed: as one with it would be. */
function ownRenewal({ from, to }: { from: Date; to: Date }): number {
  return Math.min(240, (to.getTime() - from.getTime()) / HOUR / 3);
}
