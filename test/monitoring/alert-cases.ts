import type { ResolvedStack } from '../../src/stack/resolve';
import { resolveStack } from '../../src/stack/resolve';
import { minimal } from '../support';

/** When an alert fires, and when it does not, in Prometheus's notation of series: `start+step x times`. */
export interface AlertCase {
  readonly alert: string;
  readonly severity: string;
  /** Time between two values of a series, and between two evaluations. */
  readonly step: '1m' | '30m' | '12h';
  /** When the alert is looked at. */
  readonly at: string;
  readonly fires: Series;
  readonly silent: Series;
}

interface Series {
  readonly [series: string]: string;
}

const DAY = 24 * 3600;
const of = (metric: string, labels = '') => `${metric}{namespace="m", node="n"${labels}}`;
const proxy = (metric: string, labels: string) => of(metric, `, job="secured-mirror-proxy", ${labels}`);
const listener = (metric: string, port: number) => proxy(metric, `envoy_listener_address="0.0.0.0_${port}"`);
const certificate = (name: string) =>
  proxy(
    'envoy_listener_ssl_certificate_expiration_unix_time_seconds',
    `envoy_tls_certificate="${name}", envoy_listener_address="0.0.0.0_5443"`,
  );
/** A series with the same value for long. */
const is = (value: number) => `${value}x400`;
const life = 720 * 3600;
const gibibytes = (per: number) => `0+${per * 2 ** 30}x400`;

/** Time that a certificate has left after an hour and a half, in shares of its life. */
const left = (share: number) => is(Math.round(share * life + 5400));
const expires = (severity: string, fires: number, silent: number): AlertCase => ({
  alert: 'SecuredMirrorCertificateExpires',
  severity,
  step: '1m',
  at: '90m',
  fires: { [certificate('certificate-peer')]: left(fires) },
  silent: { [certificate('certificate-peer')]: left(silent), [certificate('only-peer-1')]: is(1) },
});
const caExpires = (severity: string, days: number, silent: number): AlertCase => ({
  alert: 'SecuredMirrorCaExpires',
  severity,
  step: '1m',
  at: '90m',
  fires: { [certificate('only-peer-1')]: is(days * DAY) },
  silent: { [certificate('only-peer-1')]: is(silent * DAY), [certificate('certificate-peer')]: is(1) },
});
/** The clock of these tests begins with 1970, and so do the tokens of `watched`. */
const ofTheLedger = (alert: string, severity: string, day: number, before: number): AlertCase[] =>
  // No series is needed: dates are in the rules. Each is looked at on two days.
  [{ alert, severity, step: '12h', at: `${day * 24}h`, fires: {}, silent: { at: `${before * 24}h` } }];

/** Settings whose rules have every alert. */
export const watched: ResolvedStack = resolveStack({
  ...minimal,
  authentication: {
    mutualTls: { issuer: { caSecret: 'mirror-ca' } },
    basic: { credential: { secret: 'mirror-credential' } },
  },
  metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'scraper' },
  tokens: [
    {
      organization: 'kong',
      pull: [
        {
          ...{ purpose: 'pull', repositories: ['kong/gateway'], owner: 'team' },
          ...{ created: '1970-01-01', expires: '1970-04-11' },
          bindTo: [{ namespace: 'kong', serviceAccounts: ['default'] }],
        },
      ],
      sharedAccount: {
        ...{ user: 'shared', secret: 'shared-account', retireBy: '1970-03-01' },
        usedBy: { workflows: ['old.yaml'] },
      },
    },
  ],
});

/** A case of each alert and severity. */
export const alertCases: readonly AlertCase[] = [
  {
    ...{ alert: 'SecuredMirrorNotScraped', severity: 'warning', step: '1m', at: '20m' },
    fires: { [of('up', ', job="secured-mirror-agent"')]: is(0) },
    silent: { [of('up', ', job="secured-mirror-agent"')]: is(1), [of('up', ', job="other"')]: is(0) },
  },
  {
    ...{ alert: 'SecuredMirrorHitRatioFell', severity: 'warning', step: '30m', at: '180h' },
    // Peers stop after 170 hours.
    fires: {
      [of('secured_mirror_peer_bytes_total')]: `0+${2 ** 30}x340 ${340 * 2 ** 30}x40`,
      [of('secured_mirror_origin_bytes_total')]: gibibytes(1),
    },
    silent: {
      [of('secured_mirror_peer_bytes_total')]: gibibytes(1),
      [of('secured_mirror_origin_bytes_total')]: gibibytes(1),
    },
  },
  {
    ...{ alert: 'SecuredMirrorBypassed', severity: 'warning', step: '1m', at: '70m' },
    fires: { [of('secured_mirror_bypassed', ', registry="docker.io"')]: is(1) },
    silent: { [of('secured_mirror_bypassed', ', registry="docker.io"')]: '1x30 0x60' },
  },
  {
    ...{ alert: 'SecuredMirrorWithdrawn', severity: 'warning', step: '1m', at: '20m' },
    fires: { [of('secured_mirror_registries', ', state="waiting"')]: is(2) },
    silent: {
      [of('secured_mirror_registries', ', state="waiting"')]: '2x5 0x60',
      [of('secured_mirror_registries', ', state="refused"')]: is(2),
    },
  },
  {
    ...{ alert: 'SecuredMirrorRegistryRefused', severity: 'info', step: '1m', at: '70m' },
    fires: { [of('secured_mirror_registries', ', state="refused"')]: is(1) },
    silent: { [of('secured_mirror_registries', ', state="published"')]: is(1) },
  },
  {
    ...{ alert: 'SecuredMirrorRefusals', severity: 'warning', step: '1m', at: '30m' },
    fires: { [listener('envoy_listener_ssl_fail_verify_san', 5443)]: '0+60x60' },
    silent: {
      [listener('envoy_listener_ssl_fail_verify_san', 5443)]: '0+1x60',
      [listener('envoy_listener_ssl_fail_verify_error', 9999)]: '0+60x60',
      [listener('envoy_listener_downstream_cx_overflow', 5443)]: '0+60x60',
    },
  },
  {
    ...{ alert: 'SecuredMirrorLimitReached', severity: 'warning', step: '1m', at: '30m' },
    fires: { [proxy('envoy_cluster_upstream_rq_pending_overflow', 'envoy_cluster_name="spegel"')]: '0+1x60' },
    silent: { [listener('envoy_listener_ssl_fail_verify_san', 5443)]: '0+60x60' },
  },
  {
    ...{ alert: 'SecuredMirrorUnauthenticated', severity: 'info', step: '1m', at: '90m' },
    fires: {
      [of('secured_mirror_unauthenticated_requests_total', ', listener="peers", source="192.0.2.1"')]: '0+1x120',
    },
    silent: { [of('secured_mirror_unauthenticated_requests_total', ', listener="peers", source="192.0.2.1"')]: is(5) },
  },
  expires('info', 0.25, 0.4),
  expires('warning', 0.1, 0.25),
  expires('critical', 0.04, 0.1),
  caExpires('warning', 20, 40),
  caExpires('critical', 5, 20),
  {
    ...{ alert: 'SecuredMirrorCaChangeStuck', severity: 'warning', step: '30m', at: '80h' },
    fires: {
      [of('secured_mirror_trust_info', ', ca="a"')]: is(1),
      [of('secured_mirror_trust_info', ', ca="b"')]: is(1),
    },
    silent: {
      [of('secured_mirror_trust_info', ', ca="a"')]: is(1),
      [of('secured_mirror_trust_info', ', ca="b"')]: '1x100 stale',
    },
  },
  {
    ...{ alert: 'SecuredMirrorRotationStuck', severity: 'warning', step: '1m', at: '70m' },
    fires: { [of('secured_mirror_credential_phase')]: is(1), [of('secured_mirror_credential_lagging')]: is(0) },
    silent: {
      [of('secured_mirror_credential_phase')]: '1x20 2x20 0x60',
      [of('secured_mirror_credential_lagging')]: is(0),
    },
  },
  {
    ...{ alert: 'SecuredMirrorCredentialUnusable', severity: 'critical', step: '1m', at: '20m' },
    fires: { [of('secured_mirror_credential_valid')]: is(0) },
    silent: { [of('secured_mirror_credential_valid')]: is(1) },
  },
  {
    ...{ alert: 'SecuredMirrorProxyNearLimit', severity: 'warning', step: '1m', at: '15m' },
    fires: { [listener('envoy_listener_downstream_cx_active', 5443)]: is(9000) },
    silent: {
      [listener('envoy_listener_downstream_cx_active', 5443)]: is(7000),
      [of('envoy_overload_envoy_resource_monitors_fixed_heap_pressure', ', job="secured-mirror-proxy"')]: is(70),
    },
  },
  ...ofTheLedger('SecuredMirrorTokenExpires', 'info', 60, 40),
  ...ofTheLedger('SecuredMirrorTokenExpires', 'warning', 85, 60),
  ...ofTheLedger('SecuredMirrorTokenExpires', 'critical', 97, 85),
  ...ofTheLedger('SecuredMirrorSharedAccountEnds', 'warning', 40, 20),
  ...ofTheLedger('SecuredMirrorSharedAccountEnds', 'critical', 56, 40),
];
