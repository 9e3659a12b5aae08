/** What a query of the dashboard finds after ten minutes, in Prometheus's notation of series. */
export interface DashboardCase {
  /** What the query is called in its panel. */
  readonly query: string;
  readonly when: string;
  readonly series: { readonly [series: string]: string };
  /** Values by their labels. */
  readonly finds: { readonly [labels: string]: number };
}

const DAY = 24 * 3600;
const LIFE = 720 * 3600;
const NOW = 600;
const of = (metric: string, labels = '', node = 'n') => `${metric}{namespace="m", node="${node}"${labels}}`;
const proxy = (metric: string, labels: string) => of(metric, `, job="secured-mirror-proxy", ${labels}`);
const listener = (metric: string, port: number) => proxy(metric, `envoy_listener_address="0.0.0.0_${port}"`);
const entry = (metric: string, labels: string) => proxy(metric, `envoy_http_conn_manager_prefix="entry", ${labels}`);
const is = (value: number) => `${value}x30`;
/** So much more each second. */
const grows = (value: number) => `0+${60 * value}x30`;

const state = (name: string, node = 'n') => of('secured_mirror_registries', `, state="${name}"`, node);
const agents = { [state('published')]: is(1) };
const up = (part: string, node: string) => of('up', `, job="secured-mirror-${part}"`, node);
const targets = {
  [up('agent', 'a')]: is(1),
  [up('proxy', 'a')]: is(0),
  [up('agent', 'b')]: is(1),
  [up('proxy', 'b')]: is(1),
  // Not ours.
  'up{job="node", namespace="m", node="c"}': is(0),
};
const bytes = (peers: number, origin: number) => ({
  [of('secured_mirror_peer_bytes_total')]: grows(peers),
  [of('secured_mirror_origin_bytes_total')]: grows(origin),
});
const expiry = (name: string, seconds: number) => ({
  [proxy(
    'envoy_listener_ssl_certificate_expiration_unix_time_seconds',
    `envoy_tls_certificate="${name}", envoy_listener_address="0.0.0.0_5443"`,
  )]: is(NOW + seconds),
});
const phases = {
  [of('secured_mirror_credential_phase', '', 'a')]: is(1),
  [of('secured_mirror_credential_phase', '', 'b')]: is(2),
  [of('secured_mirror_credential_phase', '', 'c')]: is(0),
};
const quick = (metric: (labels: string) => string, between: readonly [string, string]) => ({
  [metric(`le="${between[0]}"`)]: is(0),
  [metric(`le="${between[1]}"`)]: grows(1),
  [metric('le="+Inf"')]: grows(1),
});

/** Cases of all panels; of queries that look alike, one. */
export const dashboardCases: readonly DashboardCase[] = [
  {
    query: '{{alertname}} {{severity}}',
    when: 'alerts of the mirror and of its tokens fire, and others',
    series: {
      ...agents,
      'ALERTS{alertname="SecuredMirrorWithdrawn", alertstate="firing", severity="warning", namespace="m"}': is(1),
      'ALERTS{alertname="SecuredMirrorTokenExpires", alertstate="firing", severity="info"}': is(1),
      'ALERTS{alertname="SecuredMirrorBypassed", alertstate="pending", severity="warning", namespace="m"}': is(1),
      'ALERTS{alertname="SecuredMirrorBypassed", alertstate="firing", severity="warning", namespace="other"}': is(1),
      'ALERTS{alertname="Watchdog", alertstate="firing", severity="none"}': is(1),
    },
    finds: {
      '{alertname="SecuredMirrorWithdrawn", severity="warning"}': 1,
      '{alertname="SecuredMirrorTokenExpires", severity="info"}': 1,
    },
  },
  { query: '{{alertname}} {{severity}}', when: 'none fires', series: agents, finds: { '{alertname="none"}': 0 } },
  { query: '{{alertname}} {{severity}}', when: 'there is no mirror', series: {}, finds: {} },
  {
    query: '1 hour',
    when: 'most comes from peers',
    series: bytes(3, 1),
    finds: { 'secured_mirror:hit:ratio_rate1h{namespace="m"}': 0.75 },
  },
  { query: '1 hour', when: 'nothing comes', series: bytes(0, 0), finds: {} },
  {
    query: 'from peers',
    when: 'two nodes pull',
    series: {
      [of('secured_mirror_peer_bytes_total', '', 'a')]: grows(1),
      [of('secured_mirror_peer_bytes_total', '', 'b')]: grows(2),
      'secured_mirror_peer_bytes_total{namespace="other", node="n"}': grows(7),
    },
    finds: { '{}': 3 },
  },
  {
    query: '{{registry}}',
    when: 'a node pulls',
    series: { [of('secured_mirror_entry_requests_total', ', registry="docker.io"')]: grows(2) },
    finds: { '{registry="docker.io"}': 2 },
  },
  { query: 'do not answer', when: 'a part of a node does not', series: targets, finds: { '{}': 1 } },
  { query: 'answer', when: 'a part of a node does not', series: targets, finds: { '{}': 1 } },
  {
    query: 'mirror withdrawn',
    when: 'two nodes wait, one for three registries',
    series: {
      [state('waiting', 'a')]: is(3),
      [state('waiting', 'b')]: is(1),
      [state('waiting', 'c')]: is(0),
      [state('refused', 'd')]: is(1),
    },
    finds: { '{}': 2 },
  },
  {
    query: 'bypassed',
    when: 'a node pulls past the mirror from two registries',
    series: {
      [of('secured_mirror_bypassed', ', registry="docker.io"')]: is(1),
      [of('secured_mirror_bypassed', ', registry="ghcr.io"')]: is(1),
    },
    finds: { '{}': 1 },
  },
  {
    query: 'past it',
    when: 'a node pulls past the mirror from one of two registries',
    series: {
      [of('secured_mirror_bypassed', ', registry="docker.io"')]: is(0),
      [of('secured_mirror_bypassed', ', registry="ghcr.io"')]: is(1),
    },
    finds: { '{node="n"}': 1 },
  },
  {
    query: '{{reason}} {{listener}}',
    when: 'a stranger knocks',
    series: { ...agents, [listener('envoy_listener_ssl_fail_verify_san', 5443)]: grows(1) },
    finds: { '{listener="peers", reason="wrong-identity"}': 1 },
  },
  {
    query: '{{reason}} {{listener}}',
    when: 'nobody does',
    series: { ...agents, [listener('envoy_listener_ssl_fail_verify_san', 5443)]: is(3) },
    finds: { '{reason="none"}': 0 },
  },
  {
    query: '{{source}} {{listener}}',
    when: 'somebody asks without authentication',
    series: {
      ...agents,
      [of('secured_mirror_unauthenticated_requests_total', ', listener="entry", source="192.0.2.1"')]: grows(2),
    },
    finds: { '{listener="entry", source="192.0.2.1"}': 2 },
  },
  { query: '{{source}} {{listener}}', when: 'nobody does', series: agents, finds: { '{source="nobody"}': 0 } },
  {
    query: '{{envoy_tls_certificate}}',
    when: 'half of a life is over',
    series: { ...expiry('certificate-peer', 0.5 * LIFE), ...expiry('only-peer-1', 1) },
    finds: { '{envoy_tls_certificate="certificate-peer"}': 0.5 },
  },
  {
    query: '{{organization}}: {{purpose}} ({{owner}})',
    when: 'a token of 100 days is ten minutes old',
    series: {},
    finds: { '{organization="kong", owner="team", purpose="pull"}': (100 * DAY - NOW) / (100 * DAY) },
  },
  {
    query: 'until the first CA ends',
    when: 'two are trusted',
    series: { ...expiry('only-peer-1', 3 * DAY), ...expiry('only-peer-2', 9 * DAY), ...expiry('certificate-peer', 1) },
    finds: { '{}': 3 * DAY },
  },
  {
    query: '{{user}} at {{registry}}',
    when: 'an account has its last day in March',
    series: {},
    finds: { '{registry="docker.io", user="shared"}': 60 * DAY - NOW },
  },
  { query: 'accept old and new', when: 'three nodes differ', series: phases, finds: { '{}': 1 } },
  { query: 'present the new one', when: 'three nodes differ', series: phases, finds: { '{}': 1 } },
  {
    query: 'cannot use the Secret',
    when: 'one of two cannot',
    series: {
      [of('secured_mirror_credential_valid', '', 'a')]: is(0),
      [of('secured_mirror_credential_valid', '', 'b')]: is(1),
    },
    finds: { '{}': 1 },
  },
  { query: 'cannot use the Secret', when: 'there is no credential', series: agents, finds: {} },
  {
    query: 'trusted CAs',
    when: 'nodes trust two, one of them on one node',
    series: {
      [of('secured_mirror_trust_info', ', ca="1"', 'a')]: is(1),
      [of('secured_mirror_trust_info', ', ca="1"', 'b')]: is(1),
      [of('secured_mirror_trust_info', ', ca="2"', 'b')]: is(1),
    },
    finds: { '{}': 2 },
  },
  {
    query: 'certificates',
    when: 'three nodes have two',
    series: {
      [of('secured_mirror_identity_info', ', version="1"', 'a')]: is(1),
      [of('secured_mirror_identity_info', ', version="1"', 'b')]: is(1),
      [of('secured_mirror_identity_info', ', version="2"', 'c')]: is(1),
    },
    finds: { '{}': 2 },
  },
  {
    query: '{{resource}}',
    when: 'half of the memory is used',
    series: {
      'envoy_overload_envoy_resource_monitors_fixed_heap_pressure{namespace="m", node="n", job="secured-mirror-proxy"}':
        is(50),
    },
    finds: { '{resource="memory"}': 0.5 },
  },
  {
    query: '{{envoy_response_code_class}}xx',
    when: 'some layers are found, and some are not',
    series: {
      [entry('envoy_http_downstream_rq_xx', 'envoy_response_code_class="2"')]: grows(3),
      [entry('envoy_http_downstream_rq_xx', 'envoy_response_code_class="4"')]: grows(1),
    },
    finds: { '{envoy_response_code_class="2"}': 3, '{envoy_response_code_class="4"}': 1 },
  },
  {
    query: 'half of the requests',
    when: 'all take 1 to 3 s',
    series: quick((le) => entry('envoy_http_downstream_rq_time_bucket', le), ['1000', '3000']),
    finds: { '{}': 2 },
  },
  {
    query: '95 % of the searches for a peer',
    when: 'all take up to 1 s',
    series: quick(
      (le) => of('spegel_resolve_duration_seconds_bucket', `, job="secured-mirror-spegel", ${le}`),
      ['0', '1'],
    ),
    finds: { '{}': 0.95 },
  },
  {
    query: '95 % of the searches for a peer',
    when: 'nobody asks',
    series: { [of('spegel_resolve_duration_seconds_bucket', ', job="secured-mirror-spegel", le="+Inf"')]: is(1) },
    finds: {},
  },
];
