import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { LEFT, SECONDS_LEFT } from '../../../monitoring/alerts/alert';
import { records } from '../../../monitoring/records';
import { bars, numbers, type Row } from '../panels';
import { mirror, nodes } from '../selectors';
import { rest } from '../thresholds';

/** What ends next. */
export const lives: Row = {
  title: 'What ends next?',
  panels: [
    bars({
      title: 'How much of their lives do certificates have left?',
      description:
        'The least of each certificate that proxies have loaded. cert-manager renews by default when a third is left, so less means that a renewal failed.',
      alerts: ['SecuredMirrorCertificateExpires'],
      unit: PercentUnit,
      noValue: 'No certificates: basic authentication alone, or no recording rules',
      span: 12,
      queries: { '{{envoy_tls_certificate}}': `min by (envoy_tls_certificate) (${records.certificateLeft}{${nodes}})` },
      max: 1,
      thresholds: rest(LEFT.filter(([severity]) => severity !== 'info')),
    }),
    bars({
      title: 'How much of their lives do tokens have left?',
      description:
        'Tokens of stack.yaml that name the day on which they expire. Their owners make others before the end. The alert has a severity below 50 %, 20 % and 5 %.',
      alerts: ['SecuredMirrorTokenExpires'],
      unit: PercentUnit,
      noValue: 'stack.yaml has no token with a day on which it expires, or no recording rules',
      span: 12,
      queries: {
        '{{organization}}: {{purpose}} ({{owner}})': `min by (organization, purpose, owner) (${records.tokenLeft})`,
      },
      max: 1,
      thresholds: rest(LEFT),
    }),
    numbers({
      title: 'When does the first CA end?',
      description: 'Time until the first CA ends that mirrors trust. Every certificate that it signed ends with it.',
      alerts: ['SecuredMirrorCaExpires'],
      unit: Seconds,
      noValue: 'No CA: basic authentication alone, or no recording rules',
      span: 12,
      queries: { 'until the first CA ends': `min(${records.caLeft}{${mirror}})` },
      thresholds: rest(SECONDS_LEFT),
    }),
    numbers({
      title: 'When do shared accounts end?',
      description: 'Time until the last day of shared accounts that something uses still is over.',
      alerts: ['SecuredMirrorSharedAccountEnds'],
      unit: Seconds,
      noValue: 'Nothing in stack.yaml uses a shared account, or no recording rules',
      span: 12,
      queries: { '{{user}} at {{registry}}': `min by (user, registry) (${records.accountLeft})` },
      thresholds: rest(SECONDS_LEFT),
    }),
  ],
};
