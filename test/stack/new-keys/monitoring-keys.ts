import type { KeyCase } from './key-case';

const metrics = { from: [{ namespace: 'monitoring' }] };
const POD_MONITOR = { kind: 'PodMonitor', name: 'mirror' };
const of = (key: string) => ({ name: 'mirror-metrics', key });

/** Keys about what watches the mirror. */
export const monitoringKeys: readonly KeyCase[] = [
  {
    key: 'monitoring.podMonitor',
    beside: { metrics },
    value: true,
    changes: [
      {
        ...POD_MONITOR,
        pointer: '/spec/podMetricsEndpoints/0/tlsConfig',
        value: {
          serverName: 'entry.secured-mirror.svc',
          ca: { secret: of('ca.crt') },
          cert: { secret: of('tls.crt') },
          keySecret: of('tls.key'),
        },
      },
      { ...POD_MONITOR, pointer: '/spec/podMetricsEndpoints/1/path', value: '/metrics/proxy' },
    ],
    wrong: [
      {
        value: 'yes',
        message: 'monitoring.podMonitor: got "yes"; expected true or false: YAML 1.2 reads this as a text',
      },
    ],
  },
  {
    key: 'monitoring',
    beside: { metrics },
    value: { podMonitor: true, interval: '1m', labels: { release: 'prometheus' } },
    changes: [
      { ...POD_MONITOR, pointer: '/metadata/labels/release', value: 'prometheus' },
      { ...POD_MONITOR, pointer: '/spec/podMetricsEndpoints/2/interval', value: '1m' },
    ],
    wrong: [
      {
        value: { interval: '1h' },
        message: 'monitoring.interval: got "1h"; expected a number of seconds or minutes, such as 30s or 1m: write 60m',
      },
      {
        value: { labels: { 'app.kubernetes.io/name': 'mine' } },
        message:
          'monitoring.labels["app.kubernetes.io/name"]: the stack sets it, and the mirror is known by it: choose another key',
      },
    ],
  },
  {
    key: 'monitoring',
    value: { rules: true, labels: { release: 'prometheus' } },
    changes: [
      { kind: 'PrometheusRule', name: 'mirror', pointer: '/metadata/labels/release', value: 'prometheus' },
      {
        kind: 'PrometheusRule',
        name: 'mirror',
        pointer: '/spec/groups/secured-mirror-usage/rules/0/record',
        value: 'secured_mirror:hit:ratio_rate1h',
      },
    ],
    wrong: [
      {
        value: { podMonitor: true },
        message:
          'monitoring.podMonitor: nobody may read the metrics: name the pods of your Prometheus under metrics, such as metrics: {from: [{namespace: monitoring}]}',
      },
    ],
  },
];
