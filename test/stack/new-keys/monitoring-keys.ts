import dashboard from '../../../src/monitoring/dashboard/dashboard.json';
import type { KeyCase } from './key-case';

const metrics = { from: [{ namespace: 'monitoring' }] };
const POD_MONITOR = { kind: 'PodMonitor', name: 'mirror' };
const DASHBOARD = { kind: 'ConfigMap', name: 'mirror-dashboard' };
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
      {
        value: { dashboard: true, rules: true },
        message:
          'monitoring.dashboard: nobody may read the metrics: name the pods of your Prometheus under metrics, such as metrics: {from: [{namespace: monitoring}]}',
      },
    ],
  },
  {
    key: 'monitoring',
    beside: { metrics },
    value: { rules: true, dashboard: true },
    changes: [
      { ...DASHBOARD, pointer: '/metadata/labels/grafana_dashboard', value: '1' },
      { ...DASHBOARD, pointer: '/metadata/annotations/kustomize.toolkit.fluxcd.io~1substitute', value: 'disabled' },
      { ...DASHBOARD, pointer: '/data/secured-mirror.json', value: JSON.stringify(dashboard) },
    ],
    wrong: [
      {
        value: { dashboard: true },
        message:
          'monitoring.dashboard: most of its panels show what the recording rules record: write rules: true beside it',
      },
      {
        value: { dashboard: true, rules: false, podMonitor: true },
        message:
          'monitoring.dashboard: most of its panels show what the recording rules record: write rules: true beside it',
      },
      {
        value: { rules: true, dashboard: '1' },
        message: 'monitoring.dashboard: got "1"; expected true or false',
      },
    ],
  },
];
