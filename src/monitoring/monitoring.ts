import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ResolvedMirror } from '../mirror/resolved';
import { makePodMonitor } from './pod-monitor';
import type { ResolvedMonitoring } from './resolve';

/** Objects by which Prometheus and Grafana watch the mirror. */
export class Monitoring extends Construct {
  /** The PodMonitor; undefined without `podMonitor`. */
  public readonly podMonitor: ApiObject | undefined;

  /**
   * @param scope what they belong to
   * @param id their name there
   * @param mirror the mirror
   * @param monitoring which of them there are
   */
  public constructor(scope: Construct, id: string, mirror: ResolvedMirror, monitoring: ResolvedMonitoring) {
    super(scope, id);
    if (monitoring.podMonitor) this.podMonitor = makePodMonitor(this, mirror, monitoring);
  }
}
