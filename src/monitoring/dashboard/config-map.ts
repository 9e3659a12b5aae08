import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { textMetadata } from '../../kubernetes/tool-annotations';
import dashboard from './dashboard.json';

/** The ConfigMap's name. */
const NAME = 'mirror-dashboard';
/** The file that Grafana gets: one folder may have the dashboards of many. */
const FILE = 'secured-mirror.json';
/** The label by which the charts of Grafana find dashboards, unless their values name another. */
const FOUND_BY = { grafana_dashboard: '1' };

/**
 * Makes the ConfigMap with the dashboard for Grafana. src/documents/dashboard generates its content.
 *
 * @param scope what it belongs to
 * @param namespace the mirror's namespace
 */
export function makeDashboard(scope: Construct, namespace: string): ApiObject {
  const { labels, ...metadata } = textMetadata(namespace, NAME);
  return new ApiObject(
    scope,
    'dashboard',
    k8s.KubeConfigMap.manifest({
      metadata: { ...metadata, labels: { ...labels, ...FOUND_BY } },
      data: { [FILE]: JSON.stringify(dashboard) },
    }),
  );
}
