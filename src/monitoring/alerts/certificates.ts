import type { RuleGroup } from '../../../imports/monitoring';
import { metrics } from '../../mirror/contract/metrics';
import type { ResolvedCertificates } from '../../mirror/resolved-authentication';
import { jobs } from '../jobs';
import { records } from '../records';
import { alert, alertsByRest, LEFT, SECONDS_LEFT } from './alert';

const HOUR = 3600;
const EXPIRY = 'envoy_listener_ssl_certificate_expiration_unix_time_seconds';
/** A renewal that is this much of its time late is one that failed. */
const LATE = 0.9;

/**
 * Lives of certificates and CAs, as the proxies have them loaded.
 *
 * @param certificates how long a certificate lives, and when it is renewed
 */
export function certificateRules({ duration, renewBefore }: ResolvedCertificates): RuleGroup {
  const life = seconds(duration);
  // With less than this a certificate should have been renewed.
  const overdue = (LATE * seconds(renewBefore)) / life;
  const thresholds = LEFT.map(([severity, below]) => [severity, Number(Math.min(below, overdue).toFixed(3))] as const);
  const expiry = (names: string) => `${EXPIRY}{job="${jobs.proxy}", envoy_tls_certificate=~"${names}-.*"}`;
  return {
    name: 'secured-mirror-certificates',
    rules: [
      {
        record: records.certificateLeft,
        expr: `(min by (namespace, node, envoy_tls_certificate) (${expiry('certificate')}) - time()) / ${life}`,
      },
      { record: records.caLeft, expr: `min by (namespace) (${expiry('only')}) - time()` },
      {
        record: records.trustedCas,
        expr: `count by (namespace) (count by (namespace, ca) (${metrics.trustInfo.name}))`,
      },
      ...alertsByRest('SecuredMirrorCertificateExpires', records.certificateLeft, thresholds, {
        for: '1h',
        summary:
          '{{ $labels.envoy_tls_certificate }} on {{ $labels.node }} has {{ $value | humanizePercentage }} left.',
        description: 'It should have been renewed. When it ends, the node pulls from the origin.',
      }),
      ...alertsByRest('SecuredMirrorCaExpires', records.caLeft, SECONDS_LEFT, {
        for: '1h',
        summary: 'A CA that mirrors trust ends in {{ $value | humanizeDuration }}.',
        description: 'Every certificate that it signed ends with it.',
      }),
      alert('SecuredMirrorCaChangeStuck', {
        expr: `${records.trustedCas} > 1`,
        for: '3d',
        severity: 'warning',
        summary: 'Mirrors have trusted {{ $value }} CAs for three days.',
        description: 'A change of CA has begun and not ended: the old CA can still sign peers.',
      }),
    ],
  };
}

function seconds(duration: string): number {
  return Number.parseInt(duration, 10) * (duration.endsWith('m') ? 60 : HOUR);
}
