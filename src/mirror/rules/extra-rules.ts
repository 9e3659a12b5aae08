import { checkLabels } from '../../kubernetes/label';
import { type Draft, present } from '../../settings/draft';
import { checkOneOf } from '../../settings/one-of';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { ports } from '../contract/ports';
import { mirrorDefaults } from '../props/defaults';
import type { PolicyPeerProps } from '../props/extra-rule-props';
import type { MirrorSettings } from '../props/mirror-settings';
import { cidrMistake } from './cidr';

/** Ports that nodes and peers alone need. Policies see a packet for Spegel before or after the redirect, as the CNI has it. */
const LOCKED: ReadonlyMap<number, string> = new Map([
  [ports.listeners.entry, 'the entry'],
  [ports.listeners.peers, 'the listener for peers'],
  [ports.listeners.router, "the listener for peers' routers"],
  [ports.spegel.registry, "Spegel's registry"],
  [ports.spegel.router, "Spegel's router"],
]);

/** Rules that the user adds open none of the locks, and name pods or addresses. */
export function checkExtraRules(settings: Draft<MirrorSettings>): RuleProblem[] {
  const { extraIngress, extraEgress } = settings.network ?? {};
  const ingress = present(extraIngress).flatMap(([index, { from, port }]) => {
    const path = ['network', 'extraIngress', index];
    return [...checkPort(port, settings, [...path, 'port']), ...checkPeers(from, [...path, 'from'], 'the callers')];
  });
  const egress = present(extraEgress).flatMap(([index, { to }]) =>
    checkPeers(to, ['network', 'extraEgress', index, 'to'], 'the destinations'),
  );
  return [...ingress, ...egress];
}

function checkPort(port: number | undefined, { entry, metrics }: Draft<MirrorSettings>, path: Path): RuleProblem[] {
  const lock = LOCKED.get(port ?? 0);
  const { health, metrics: ofMetrics } = ports.listeners;
  const other = `name another port, such as ${health} for health`;
  if (lock !== undefined) {
    return [invalidValue(path, port, `this is ${lock}, for nodes and peers alone, who need no rule: ${other}`)];
  }
  const entryPort = (entry?.clusterIp ?? entry?.loopback)?.port ?? mirrorDefaults.entry.port;
  if (port === entryPort) {
    return [invalidValue(path, port, `this is where a node finds the entry, and no port of the pod: ${other}`)];
  }
  if (port !== ofMetrics || metrics !== undefined) return [];
  return [invalidValue(path, port, `nothing listens there without metrics: set metrics, or ${other}`)];
}

function checkPeers(peers: Draft<PolicyPeerProps[]> | undefined, path: Path, whose: string): RuleProblem[] {
  return present(peers).flatMap(([index, peer]) => {
    const here = [...path, index];
    const { cidr, podLabels } = peer;
    const mistake = cidr === undefined ? undefined : cidrMistake(cidr, whose);
    return [
      ...checkOneOf(peer, here, ['namespace', 'cidr'], ['podLabels']),
      ...(mistake === undefined ? [] : [invalidValue([...here, 'cidr'], cidr, mistake)]),
      ...(cidr !== undefined && podLabels !== undefined
        ? [invalidPlace([...here, 'podLabels'], 'it contradicts cidr, as addresses have no labels: leave one out')]
        : podLabelProblems(podLabels, [...here, 'podLabels'])),
    ];
  });
}

/** Labels of pods: none at all would be every pod, and is more likely a slip. */
export function podLabelProblems(labels: { readonly [key: string]: string | undefined } | undefined, path: Path) {
  if (labels === undefined || Object.keys(labels).length > 0) return checkLabels(labels ?? {}, path);
  return [invalidPlace(path, 'no label selects every pod of the namespace: name one, or leave the key out')];
}
