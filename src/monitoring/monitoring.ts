import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PrometheusRule } from '../../imports/monitoring';
import { metadata } from '../kubernetes/names';
import { DAEMON_SET } from '../mirror/contract/names';
import type { ResolvedMirror } from '../mirror/resolved';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { ruleGroups } from './alerts/rule-groups';
import { makeDashboard } from './dashboard/config-map';
import { makePodMonitor } from './pod-monitor';
import type { ResolvedMonitoring } from './resolve';

/** What is watched, and how. */
export interface WatchedProps {
  /** The mirror. */
  readonly mirror: ResolvedMirror;
  /** The tokens. */
  readonly tokens: ResolvedTokens;
  /** Which objects there are. */
  readonly monitoring: ResolvedMonitoring;
}

/** Objects by which Prometheus and Grafana watch the mirror. */
export class Monitoring extends Construct {
  /** The PodMonitor; undefined without `podMonitor`. */
  public readonly podMonitor: ApiObject | undefined;
  /** The PrometheusRule; undefined without `rules`. */
  public readonly prometheusRule: ApiObject | undefined;
  /** The ConfigMap with the dashboard; undefined without `dashboard`. */
  public readonly dashboard: ApiObject | undefined;

  public constructor(scope: Construct, id: string, { mirror, tokens, monitoring }: WatchedProps) {
    super(scope, id);
    if (monitoring.podMonitor) this.podMonitor = makePodMonitor(this, mirror, monitoring);
    if (monitoring.rules) {
      const meta = metadata(mirror.namespace, DAEMON_SET);
      this.prometheusRule = new PrometheusRule(this, 'rules', {
        metadata: { ...meta, labels: { ...monitoring.labels, ...meta.labels } },
        groups: ruleGroups(mirror, tokens),
      });
    }
    if (monitoring.dashboard) this.dashboard = makeDashboard(this, mirror.namespace);
  }
}
