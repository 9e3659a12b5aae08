import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from './cluster';
import type { JsonObject } from './values';

/** Milliseconds that the provider gives a Service until pods are behind it. */
const PATIENCE = 600_000;

/**
 * Waits for what the provider waits for after it made or changed an object: all pods of a DaemonSet, some pods behind a Service that has
 * an address, the count of a quota. Nothing of certificates, and nothing where the object says so.
 *
 * @throws Error saying what did not happen
 */
export async function settled(cluster: Cluster, object: JsonObject, inputs: JsonObject): Promise<void> {
  const { kind, apiVersion } = object;
  if (annotation(inputs, 'pulumi.com/skipAwait') === 'true') {
    return;
  }
  if (apiVersion === 'apps/v1' && kind === 'DaemonSet') {
    await cluster.rolledOut(object);
  }
  const { clusterIP, selector, hard } = (object.spec ?? {}) as { clusterIP?: string; selector?: object; hard?: object };
  if (apiVersion === 'v1' && kind === 'Service' && clusterIP !== 'None' && selector !== undefined) {
    await until('Service does not target any Pods', () => cluster.hasPods(object));
  }
  if (apiVersion === 'v1' && kind === 'ResourceQuota') {
    await until('the quota is not counted', async () => {
      const status = (await cluster.get(object))?.status as { hard?: object } | undefined;
      return isDeepStrictEqual(status?.hard, hard);
    });
  }
}

/** An annotation of an object. */
export function annotation({ metadata }: JsonObject, name: string): string | undefined {
  return (metadata as { annotations?: { [name: string]: string } }).annotations?.[name];
}

async function until(problem: string, done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await done())) {
    if (Date.now() > end) {
      throw new Error(problem);
    }
    await sleep(1000);
  }
}
