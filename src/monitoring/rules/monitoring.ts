import { checkAddedLabels } from '../../kubernetes/added-metadata';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import type { MirrorSettings } from '../../mirror/props/mirror-settings';
import { type Draft, isGiven } from '../../settings/draft';
import { invalidPlace, type RuleProblem } from '../../settings/rule-problem';
import type { MonitoringSettings } from '../props/monitoring-settings';

const UNREAD =
  'nobody may read the metrics: name the pods of your Prometheus under metrics, such as metrics: ' +
  '{from: [{namespace: monitoring}]}';
const UNRECORDED = 'most of its panels show what the recording rules record: write rules: true beside it';

/** PodMonitor and dashboard need metrics that somebody may read, the dashboard recorded series too; labels leave the stack's own alone. */
export function checkMonitoring(cluster: Draft<MonitoringSettings & MirrorSettings>): RuleProblem[] {
  const { monitoring } = cluster;
  if (monitoring === undefined) return [];
  const { rules, dashboard, labels = {} } = monitoring;
  const taken = Object.keys({ ...objectLabels, ...mirrorLabels });
  const wrong = checkAddedLabels('labels', labels, taken).map((problem) => ({
    ...problem,
    path: ['monitoring', ...problem.path],
  }));
  const readers = (['podMonitor', 'dashboard'] as const).filter((key) => monitoring[key] === true);
  const unread = isGiven(cluster, 'metrics') ? [] : readers.map((key) => invalidPlace(['monitoring', key], UNREAD));
  const unrecorded =
    dashboard !== true || rules === true ? [] : [invalidPlace(['monitoring', 'dashboard'], UNRECORDED)];
  return [...wrong, ...unread, ...unrecorded];
}
