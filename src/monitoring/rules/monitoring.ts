import { checkAddedLabels } from '../../kubernetes/added-metadata';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import type { MirrorSettings } from '../../mirror/props/mirror-settings';
import { type Draft, isGiven } from '../../settings/draft';
import { invalidPlace, type RuleProblem } from '../../settings/rule-problem';
import type { MonitoringSettings } from '../props/monitoring-settings';

/** A PodMonitor needs metrics that it may read, and its labels leave the stack's own alone. */
export function checkMonitoring(cluster: Draft<MonitoringSettings & MirrorSettings>): RuleProblem[] {
  const { monitoring } = cluster;
  if (monitoring === undefined) return [];
  const { podMonitor, labels = {} } = monitoring;
  const taken = Object.keys({ ...objectLabels, ...mirrorLabels });
  const wrong = checkAddedLabels('labels', labels, taken).map((problem) => ({
    ...problem,
    path: ['monitoring', ...problem.path],
  }));
  if (podMonitor !== true || isGiven(cluster, 'metrics')) return wrong;
  const message =
    'nobody may read the metrics: name the pods of your Prometheus under metrics, such as metrics: ' +
    '{from: [{namespace: monitoring}]}';
  return [...wrong, invalidPlace(['monitoring', 'podMonitor'], message)];
}
