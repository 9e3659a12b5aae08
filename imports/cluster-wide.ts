import { type ApiObject, JsonPatch } from 'cdk8s';

/**
 * Says that an object is the whole cluster's: else it would get the namespace of its chart, where that has one.
 *
 * @param object the object
 */
export function clusterWide(object: ApiObject): void {
  if (object.chart.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
