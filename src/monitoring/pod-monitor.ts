import type { Construct } from 'constructs';
import { type KeySelector, type PodMetricsEndpoint, PodMonitor, type SafeTlsConfig } from '../../imports/monitoring';
import { identitySecret, metadata, mirrorLabels } from '../kubernetes/names';
import { Identity } from '../mirror/authentication/identity';
import { metricsPaths } from '../mirror/contract/http';
import { DAEMON_SET, METRICS_PORT } from '../mirror/contract/names';
import type { ResolvedMirror } from '../mirror/resolved';
import type { ResolvedAuthentication } from '../mirror/resolved-authentication';
import { jobs } from './jobs';
import type { ResolvedMonitoring } from './resolve';

/**
 * Makes the PodMonitor, which reads as scrapers may: with the certificate of the Secret mirror-metrics, or, with basic authentication
 * alone, with the scrapers' credential.
 *
 * @param scope what it belongs to
 * @param mirror the mirror
 * @param monitoring labels and interval
 */
export function makePodMonitor(scope: Construct, mirror: ResolvedMirror, monitoring: ResolvedMonitoring): PodMonitor {
  const { namespace, authentication } = mirror;
  const meta = metadata(namespace, DAEMON_SET);
  const how = authenticated(authentication, namespace);
  const endpoint = (part: keyof typeof metricsPaths): PodMetricsEndpoint => ({
    port: METRICS_PORT,
    path: metricsPaths[part],
    interval: monitoring.interval,
    ...how,
    relabelings: [
      // Three paths of one pod: else their series `up` would be one.
      { targetLabel: 'job', replacement: jobs[part] },
      { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
    ],
  });
  return new PodMonitor(scope, 'pod-monitor', {
    metadata: { ...meta, labels: { ...monitoring.labels, ...meta.labels } },
    podLabels: mirrorLabels,
    endpoints: [endpoint('agent'), endpoint('proxy'), endpoint('spegel')],
  });
}

function authenticated(
  { mutualTls, mounted }: ResolvedAuthentication,
  namespace: string,
): Pick<PodMetricsEndpoint, 'scheme' | 'tlsConfig' | 'basicAuth'> {
  if (mutualTls !== undefined) return { scheme: 'https', tlsConfig: certificates(mounted.trust, namespace) };
  const of = (key: string): KeySelector => ({ name: mounted.metricsCredential, key });
  return { scheme: 'http', basicAuth: { username: of('username'), password: of('password') } };
}

function certificates(trust: ResolvedAuthentication['mounted']['trust'], namespace: string): SafeTlsConfig {
  const of = (key: string): KeySelector => ({ name: identitySecret(Identity.METRICS), key });
  const bundle = (name = ''): KeySelector => ({ name, key: trust?.key ?? '' });
  return {
    serverName: `entry.${namespace}.svc`,
    ca:
      trust === undefined
        ? { secret: of('ca.crt') }
        : trust.secret === undefined
          ? { configMap: bundle(trust.configMap) }
          : { secret: bundle(trust.secret) },
    cert: { secret: of('tls.crt') },
    keySecret: of('tls.key'),
  };
}
