import type { PodMetricsEndpoint } from '../../imports/monitoring';
import { kind, minimal, objectsOf } from '../support';
import { type ScrapeJob, scrapeJobs } from './scrape-configuration';

/** What a job of Prometheus reads, how, and which labels its series get. */
interface Read {
  readonly job: string;
  readonly path: string;
  readonly scheme: string;
  readonly serverName: string;
  readonly files: string[];
  readonly port: string;
  readonly labels: string[];
}

/** Labels that the operator gives by itself, of which the page gives two. */
const OPERATOR_LABELS = ['namespace', 'pod'];

function readByOperator({ port, path, scheme, tlsConfig, relabelings }: PodMetricsEndpoint): Read {
  const keys = [tlsConfig?.ca.secret, tlsConfig?.cert.secret, tlsConfig?.keySecret];
  const job = relabelings.find(({ targetLabel }) => targetLabel === 'job');
  const others = relabelings.filter((one) => one !== job).map(({ targetLabel }) => targetLabel);
  return {
    job: job?.replacement ?? '',
    ...{ path, scheme, port },
    serverName: tlsConfig?.serverName ?? '',
    files: keys.map((key) => `${key?.name}/${key?.key}`),
    labels: [...OPERATOR_LABELS, ...others].sort(),
  };
}

function readByPage({ job_name: job, metrics_path: path, scheme, tls_config, relabel_configs }: ScrapeJob): Read {
  const { server_name: serverName = '', ca_file, cert_file, key_file } = tls_config;
  const kept = relabel_configs.find(({ action }) => action === 'keep');
  return {
    ...{ job, path, scheme, serverName },
    // The page says to mount the Secret there.
    files: [ca_file, cert_file, key_file].map((file = '') =>
      file.replace('/etc/prometheus/mirror/', 'mirror-metrics/'),
    ),
    port: kept?.regex ?? '',
    labels: relabel_configs.flatMap(({ target_label: label }) => label ?? []).sort(),
  };
}

it('reads the same, in the same way and under the same names as the scrape configuration of the page', () => {
  const objects = objectsOf({
    ...minimal,
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    metrics: { from: [{ namespace: 'monitoring' }] },
    monitoring: { podMonitor: true },
  });
  const [podMonitor] = kind(objects, 'PodMonitor');
  const endpoints: PodMetricsEndpoint[] = podMonitor.spec.podMetricsEndpoints;
  expect(endpoints.map(readByOperator)).toEqual(scrapeJobs.map(readByPage));
  expect(endpoints).toHaveLength(3);
});
