import type { MirrorSettings } from '../../mirror/props/mirror-settings';
import { type Draft, isBroken, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { GuardsSettings } from '../props/guards-settings';
import { hostMistake, lineMistake, namespaceMistake, serviceMistake } from './items';

/** Where the addresses of a cluster are written. */
const SHOWN = {
  nodes: 'kubectl get nodes -o wide shows some of them',
  pods: 'kubectl get pods -A -o wide shows some of them',
  services: 'kubectl get servicecidrs shows them from Kubernetes 1.33 on',
} as const;

/** The guards know the cluster's addresses, and their lists hold what a request can match. */
export function checkGuards(cluster: Draft<GuardsSettings & MirrorSettings>): RuleProblem[] {
  if (cluster.guards === undefined) return [];
  const { webhooks, probes, mirrorNamespace } = cluster.guards;
  const { groups, fieldManagers } = mirrorNamespace?.operators ?? {};
  return [
    ...checkAddresses(cluster),
    ...checkList(webhooks?.allowedHosts, ['webhooks', 'allowedHosts'], hostMistake),
    ...checkList(webhooks?.allowedServices, ['webhooks', 'allowedServices'], serviceMistake),
    ...checkList(webhooks?.endpointControllers, ['webhooks', 'endpointControllers'], lineMistake),
    ...checkList(probes?.exceptNamespaces, ['probes', 'exceptNamespaces'], namespaceMistake),
    ...checkList(groups, ['mirrorNamespace', 'operators', 'groups'], lineMistake),
    ...checkList(fieldManagers, ['mirrorNamespace', 'operators', 'fieldManagers'], lineMistake),
    ...checkApproverPolicy(cluster),
  ];
}

/** approver-policy judges what cert-manager asks for. */
function checkApproverPolicy({ guards, authentication }: Draft<GuardsSettings & MirrorSettings>): RuleProblem[] {
  if (guards?.certificates?.approverPolicy !== true) return [];
  if (authentication === undefined || isBroken(authentication, 'mutualTls')) return [];
  if (isGiven(authentication.mutualTls, 'issuer')) return [];
  const message =
    'needs authentication.mutualTls.issuer: without it cert-manager signs nothing for the mirror; take it out';
  return [invalidValue(['guards', 'certificates', 'approverPolicy'], true, message)];
}

function checkAddresses(cluster: Draft<MirrorSettings>): RuleProblem[] {
  const { network = {} } = cluster;
  const { cidrs = {} } = network;
  if (isBroken(cluster, 'network') || isBroken(network, 'cidrs')) return [];
  return Object.entries(SHOWN).flatMap(([list, shown]) => {
    const name = list as keyof typeof SHOWN;
    if (isBroken(cidrs, name) || (cidrs[name] ?? []).length > 0) return [];
    const message = `missing; guards know the ${name} by their addresses: write their networks; ${shown}`;
    return [invalidPlace(['network', 'cidrs', name], message)];
  });
}

function checkList(
  list: Draft<string[]> | undefined,
  place: Path,
  mistakeOf: (item: string) => string | undefined,
): RuleProblem[] {
  const path = ['guards', ...place];
  const mistakes = present(list).flatMap(([index, item]) => {
    const mistake = mistakeOf(item);
    return mistake === undefined ? [] : [invalidValue([...path, index], item, mistake)];
  });
  return [...mistakes, ...checkRepeated(list, path)];
}
