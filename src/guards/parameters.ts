import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GUARD, metadata } from '../kubernetes/names';
import type { ResolvedGuards } from './resolved';

/** Name of the ConfigMap with what an operator changes live. */
export const PARAMETERS = `${GUARD}s`;

/** Its keys. */
export type Parameter =
  | 'cidrs'
  | 'webhooks.allowedHosts'
  | 'webhooks.publicHosts'
  | 'webhooks.allowedServices'
  | 'probes.exceptNamespaces';

/** The ConfigMap with the lists of the guards, one item a line. Policies read it at each request. */
export class GuardParameters extends Construct {
  public constructor(scope: Construct, id: string, guards: ResolvedGuards) {
    super(scope, id);
    const { namespace, cidrs, webhooks, probes } = guards;
    const lists: { readonly [name in Parameter]: readonly string[] } = {
      cidrs: [...new Set([...cidrs.nodes, ...cidrs.pods, ...cidrs.services])],
      'webhooks.allowedHosts': webhooks.allowedHosts,
      'webhooks.publicHosts': [`${webhooks.publicHosts}`],
      'webhooks.allowedServices': webhooks.allowedServices,
      'probes.exceptNamespaces': probes.exceptNamespaces,
    };
    const data = Object.entries(lists).map(([name, items]) => [name, items.map((item) => `${item}\n`).join('')]);
    new ApiObject(
      this,
      'Resource',
      k8s.KubeConfigMap.manifest({ metadata: metadata(namespace, PARAMETERS), data: Object.fromEntries(data) }),
    );
  }
}

/**
 * A list of the ConfigMap as an expression: its lines, without blank ones and comments. A key that somebody took out is an empty list.
 *
 * @param name its key
 */
export function parameterList(name: Parameter): string {
  return (
    `params.?data[?'${name}'].orValue('').split('\\n').map(line, line.trim())` +
    `.filter(line, line != '' && !line.startsWith('#'))`
  );
}
