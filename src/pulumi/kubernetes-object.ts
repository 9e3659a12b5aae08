import { App, Chart } from 'cdk8s';

/** An object as the API server takes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [label: string]: string };
  };
  readonly [key: string]: unknown;
}

/** Name of an object in its namespace, as `namespace/name`, or its name alone where it has none. */
export function pathOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * The objects of a construct, made in memory, and the construct.
 *
 * @param make makes the construct in a chart
 */
export function synthesized<T>(make: (chart: Chart) => T): { made: T; objects: KubernetesObject[] } {
  const app = new App();
  const made = make(new Chart(app, 'secured-mirror'));
  return { made, objects: app.charts.flatMap((chart) => chart.toJson() as KubernetesObject[]) };
}
