import { mirrorLabels } from '../../../kubernetes/names';
import { DAEMON_SET } from '../../../mirror/contract/names';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import type { Check, CheckContext } from '../check';
import { isReady, type PodObject, reasonOf } from '../pod-state';

/** Whether every chosen node has a mirror that is ready. */
export const installed: Check = {
  name: 'installed',
  title: "the mirror's DaemonSet and its pods",
  when: 'after',
  run: look,
};

/** The fields of a DaemonSet that tell how it is doing. */
export interface DaemonSetState {
  readonly metadata: { readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberReady?: number;
  };
}

async function look({ kubectl, mirror, nodes }: CheckContext): Promise<Finding[]> {
  const { namespace } = mirror;
  const daemonSet = await kubectl.object<DaemonSetState>('daemonset', DAEMON_SET);
  if (daemonSet === undefined) {
    const words = spellingOf(kubectl.access);
    const fix = `${words.synth()} && ${words.kubectl()} apply --server-side --field-manager=secure-mirror -f ${words.manifests(mirror.name)}`;
    return [finding('problem', installed.name, '', `no DaemonSet ${DAEMON_SET} in the namespace ${namespace}`, fix)];
  }
  const selector = Object.entries(mirrorLabels).map((pair) => pair.join('='));
  const pods = await kubectl.object<{ items: PodObject[] }>('pods', '--selector', selector.join(','));
  const seen = installedFindings(daemonSet, pods?.items ?? [], nodes.length);
  const logs = `${spellingOf(kubectl.access).kubectl(namespace)} logs POD --all-containers --tail=20`;
  return seen.map((one) => (one.level === 'problem' ? { ...one, fix: `look at ${logs}` } : one));
}

/**
 * Findings about the DaemonSet.
 *
 * @param daemonSet the DaemonSet
 * @param pods its pods
 * @param chosen how many nodes the settings choose
 */
export function installedFindings(daemonSet: DaemonSetState, pods: readonly PodObject[], chosen: number): Finding[] {
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberReady = 0 } = daemonSet.status ?? {};
  const about = (level: 'ok' | 'warning' | 'problem', message: string) => finding(level, installed.name, '', message);
  const waiting = pods
    .filter((pod) => !isReady(pod))
    .map(({ metadata, spec = {}, ...pod }) => {
      const why = reasonOf({ metadata, spec, ...pod }) || 'it is not ready';
      return about('problem', `${metadata.name} on ${spec.nodeName ?? 'no node'}: ${why}`);
    });
  const all = numberReady >= desiredNumberScheduled && desiredNumberScheduled > 0;
  return [
    ...waiting.slice(0, MOST),
    ...(waiting.length > MOST ? [about('problem', `${waiting.length - MOST} more pods are not ready`)] : []),
    ...(desiredNumberScheduled === chosen
      ? []
      : [
          about(
            'warning',
            `${desiredNumberScheduled} nodes should have a mirror, but stack.yaml chooses ${chosen}: was it applied?`,
          ),
        ]),
    ...(updatedNumberScheduled === desiredNumberScheduled
      ? []
      : [
          about(
            'warning',
            `${updatedNumberScheduled} of ${desiredNumberScheduled} pods are of the newest version: a change is on its way`,
          ),
        ]),
    ...(all ? [about('ok', `${numberReady} of ${desiredNumberScheduled} pods are ready`)] : []),
    ...(all || waiting.length > 0
      ? []
      : [about('problem', `${numberReady} of ${desiredNumberScheduled} pods are ready`)]),
  ];
}

const MOST = 5;
