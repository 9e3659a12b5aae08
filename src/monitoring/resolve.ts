import type { MonitoringProps, MonitoringSettings } from './props/monitoring-settings';

/** What watches the mirror, with a value for every setting. */
export type ResolvedMonitoring = Required<MonitoringProps>;

/**
 * Gives every setting of the monitoring its value.
 *
 * @param settings the cluster's settings, without mistakes
 */
export function resolveMonitoring({ monitoring }: MonitoringSettings): ResolvedMonitoring {
  return { podMonitor: false, interval: '30s', rules: false, dashboard: false, labels: {}, ...monitoring };
}
