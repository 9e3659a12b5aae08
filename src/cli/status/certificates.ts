import { REFUSES_ACME } from '../../mirror/authentication/acme';
import { methods } from '../../mirror/contract/names';
import { counted } from '../../settings/counted';
import { type Finding, finding } from '../shared/finding';
import { day } from '../shared/table';
import type { CertificateFacts, StatusFacts } from './facts';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** Findings about the certificates; no findings where the stack needs no certificates. */
export function certificateFindings({ certificates, nodes, now }: StatusFacts): Finding[] {
  const acme = new Set(certificates.flatMap(({ acmeIssuer }) => acmeIssuer ?? []));
  const refused = [...acme].map((issuer) =>
    finding('problem', 'acme-issuer', 'certificates', `${issuer} ${REFUSES_ACME}`),
  );
  const none = certificates.every(({ valid }) => valid === undefined);
  if (none && nodes.every(({ report }) => report?.presents !== methods.mutualTls)) {
    return refused;
  }
  return [...refused, ...certificates.map((certificate) => certificateFinding(certificate, now))];
}

function certificateFinding(certificate: CertificateFacts, now: Date): Finding {
  const { identity, secret, valid } = certificate;
  const subject = `certificate ${identity} (Secret ${secret})`;
  if (valid === undefined) {
    return finding('problem', 'certificate-missing', subject, 'it does not exist');
  }
  const left = valid.to.getTime() - now.getTime();
  if (left <= 0) {
    const message = `expired on ${day(valid.to)}: the other side refuses connections with it`;
    return finding('problem', 'certificate-expired', subject, message);
  }
  if (valid.from > now) {
    return finding('problem', 'certificate-early', subject, `not valid before ${valid.from.toISOString()}`);
  }
  const days = Math.floor(left / DAY);
  const time = `${days > 1 ? counted(days, 'day') : counted(Math.floor(left / HOUR), 'hour')} left`;
  const { renewBefore = ownRenewal(valid) } = certificate;
  // A renewal takes a moment: only a clearly late one gets a warning.
  if (left < renewBefore * HOUR * 0.95) {
    const fix =
      certificate.renewBefore === undefined
        ? 'it is your own: renew it'
        : `cert-manager should have renewed it ${counted(Math.round(renewBefore), 'hour')} before its end: look at its Certificate`;
    return finding('warning', 'certificate-late', subject, time, fix);
  }
  return finding('ok', 'certificate', subject, `${time}, until ${day(valid.to)}`);
}

/** Hours before its end at which somebody should renew a certificate without cert-manager: the same as cert-manager's. */
function ownRenewal({ from, to }: { from: Date; to: Date }): number {
  return Math.min(240, (to.getTime() - from.getTime()) / HOUR / 3);
}
