import { mirrorLabels } from '../../../kubernetes/names';
import { DAEMON_SET } from '../../../mirror/contract/names';
import { counted } from '../../../settings/counted';
import type { Check, CheckContext } from '../../probe/check';
import { isReady, type PodObject, reasonOf } from '../../probe/pod-state';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';

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
    const apply = `${words.kubectl()} apply --server-side --field-manager=secure-mirror -f ${words.manifests(mirror.name)}`;
    const fix = `apply the manifests that synth writes:\n${apply}`;
    return [finding('problem', installed.name, '', `no DaemonSet ${DAEMON_SET} in the namespace ${namespace}`, fix)];
  }
  const selector = Object.entries(mirrorLabels).map((pair) => pair.join('='));
  const pods = await kubectl.object<{ items: PodObject[] }>('pods', '--selector', selector.join(','));
  const logs = (pod: string) =>
    `${spellingOf(kubectl.access).kubectl(namespace)} logs ${pod} --all-containers --prefix --tail=20`;
  return installedFindings(daemonSet, pods?.items ?? [], nodes.length, logs);
}

/**
 * Findings about the DaemonSet.
 *
 * @param daemonSet the DaemonSet
 * @param pods its pods
 * @param chosen how many nodes the settings choose
 * @param logs the command that shows the log of a pod
 */
export function installedFindings(
  daemonSet: DaemonSetState,
  pods: readonly PodObject[],
  chosen: number,
  logs: (pod: string) => string,
): Finding[] {
  const { metadata, status = {} } = daemonSet;
  const { desiredNumberScheduled: desired = 0, numberReady = 0, observedGeneration } = status;
  // Of a change that the controller has not seen there is no pod yet.
  const isSeen = observedGeneration === metadata.generation;
  const updatedNumberScheduled = isSeen ? (status.updatedNumberScheduled ?? 0) : 0;
  const about = (level: 'ok' | 'warning' | 'problem', message: string, fix?: string) =>
    finding(level, installed.name, '', message, fix);
  const reasons = new Map<string, PodObject[]>();
  for (const pod of pods.filter((pod) => !isReady(pod))) {
    const reason = reasonOf(pod) || 'not ready';
    reasons.set(reason, [...(reasons.get(reason) ?? []), pod]);
  }
  const ready = `ready: ${numberReady} of ${counted(desired, 'pod')}`;
  const all = numberReady >= desired && desired > 0;
  return [
    ...[...reasons].map(([reason, waiting]) => {
      const where = waiting.map(({ metadata, spec = {} }) => `${metadata.name} on ${spec.nodeName ?? 'no node'}`);
      return about('problem', `${reason}: ${names(where)}`, logs(waiting[0]?.metadata.name ?? ''));
    }),
    ...(desired === chosen
      ? []
      : [
          about(
            'warning',
            `the DaemonSet chooses ${counted(desired, 'node')}, but stack.yaml ${chosen}: was it applied?`,
          ),
        ]),
    ...(updatedNumberScheduled === desired
      ? []
      : [
          about(
            'warning',
            `of the newest version: ${updatedNumberScheduled} of ${counted(desired, 'pod')}; a change is on its way`,
          ),
        ]),
    ...(all ? [about('ok', ready)] : []),
    ...(all || reasons.size > 0 ? [] : [about('problem', ready)]),
  ];
}
