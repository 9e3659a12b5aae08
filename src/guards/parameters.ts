import type { ApiObject } from 'cdk8s';
import type { ResolvedGuards } from './resolved';

/** Names of the parameters: annotations of the mirror's Namespace, which an operator changes live. */
export type Parameter =
  | 'cidrs'
  | 'webhooks.allowedHosts'
  | 'webhooks.publicHosts'
  | 'webhooks.allowedServices'
  | 'webhooks.endpointControllers'
  | 'probes.exceptNamespaces';

/**
 * Writes the lists of the guards, one item a line. Policies read them at each request.
 *
 * They are annotations and no ConfigMap: once no binding has a ConfigMap as parameter, the API server stops to watch ConfigMaps, and never
 * starts again. Namespaces it watches always.
 *
 * @param namespace the mirror's Namespace
 * @param guards the guards
 */
export function annotateParameters(namespace: ApiObject, guards: ResolvedGuards): void {
  const { cidrs, webhooks, probes } = guards;
  const lists: { readonly [name in Parameter]: readonly string[] } = {
    cidrs: [...new Set([...cidrs.nodes, ...cidrs.pods, ...cidrs.services])],
    'webhooks.allowedHosts': webhooks.allowedHosts,
    'webhooks.publicHosts': [`${webhooks.publicHosts}`],
    'webhooks.allowedServices': webhooks.allowedServices,
    'webhooks.endpointControllers': webhooks.endpointControllers,
    'probes.exceptNamespaces': probes.exceptNamespaces,
  };
  for (const [name, items] of Object.entries(lists)) {
    namespace.metadata.addAnnotation(annotation(name as Parameter), items.join('\n'));
  }
}

/**
 * A list as an expression: its lines, without blank ones and comments. An annotation that somebody took out is an empty list.
 *
 * @param name its name
 */
export function parameterList(name: Parameter): string {
  return (
    `params.metadata.?annotations[?'${annotation(name)}'].orValue('').split('\\n').map(line, line.trim())` +
    `.filter(line, line != '' && !line.startsWith('#'))`
  );
}

/** Who lifts a refusal, and how: the end of a message, as an expression. */
export function liftedBy(name: Parameter): string {
  return `'; an operator can list it in the annotation ${annotation(name)} of the namespace ' + params.metadata.name`;
}

/** A validation that fails while a list has lines that mean nothing. */
export function refusedParameter(name: Parameter, wrong: string, what: string) {
  return {
    expression: `size(${wrong}) == 0`,
    messageExpression: `'the annotation ${annotation(name)} of the namespace ' + params.metadata.name + ' has ${what}: ' + ${wrong}[0]`,
    reason: 'Forbidden',
  };
}

/** A validation that fails while a list that stack.yaml always fills is empty or gone. */
export function neededParameter(name: Parameter, list: string) {
  return {
    expression: `size(${list}) > 0`,
    messageExpression: `'the annotation ${annotation(name)} of the namespace ' + params.metadata.name + ' is empty: apply the stack again'`,
    reason: 'Forbidden',
  };
}

function annotation(name: Parameter): string {
  return `secured-mirror/${name}`;
}
