import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter } from '../kubectl/kubectl-writer';
import { CliError } from '../shared/cli-error';
import { exitCodesOf, imagesOf, type PodObject, reasonOf } from './pod-state';
import type { ProbePod, ProbeResult } from './probes';

/** Where a pod is, or why it is not. */
interface Place {
  readonly namespace: string;
  /** Why the API server refused pods. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * What became of a pod.
 *
 * @param kubectl asks the cluster
 * @param place where the pod is
 * @param name its name
 * @param probe what was asked for
 * @param pod what the API server said of it last
 */
export async function resultOf(
  kubectl: Kubectl,
  { namespace, refused }: Place,
  name: string,
  { spec }: ProbePod = { purpose: '', spec: { containers: [] } },
  pod: PodObject | undefined,
): Promise<ProbeResult> {
  const node = pod?.spec?.nodeName ?? '';
  const nothing = { pod: name, node, succeeded: false, logs: {}, exitCodes: {}, images: {} };
  const complaint = refused.get(name);
  if (complaint !== undefined) return { ...nothing, reason: complaint };
  if (pod === undefined) return { ...nothing, reason: 'somebody deleted the pod' };
  const exitCodes = exitCodesOf(pod);
  const writer = new KubectlWriter(kubectl);
  const logs: { [container: string]: string } = {};
  let unread = '';
  for (const container of [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name)) {
    if (!(container in exitCodes)) continue;
    try {
      logs[container] = await writer.logs(namespace, name, container);
    } catch (error) {
      if (!(error instanceof CliError) || error.kind === 'forbidden') throw error;
      unread = `its log cannot be read: ${error.message}`;
    }
  }
  const ended = pod.status?.phase === 'Succeeded';
  const reason = ended ? unread : await whyNot(kubectl, namespace, name, pod);
  return { ...nothing, succeeded: ended && unread === '', reason, logs, exitCodes, images: imagesOf(pod) };
}

/** The pod's own reason; where it waits for its container, the last warning about it. */
export async function whyNot(
  kubectl: Kubectl,
  namespace: string,
  name: string,
  pod: PodObject | undefined,
): Promise<string> {
  const own = pod === undefined ? 'somebody deleted it' : reasonOf(pod);
  if (own !== '' && own !== 'ContainerCreating' && own !== 'PodInitializing') return own;
  return (await lastWarning(kubectl, namespace, name)) ?? (own || 'it did not end in time');
}

/** Nothing is lost without the right to read events but their words. */
async function lastWarning(kubectl: Kubectl, namespace: string, name: string): Promise<string | undefined> {
  const words = ['--namespace', namespace, '--field-selector', `involvedObject.name=${name},type=Warning`];
  try {
    const list = await kubectl.object<{ items?: { message?: string }[] }>('events', ...words);
    return list?.items?.at(-1)?.message;
  } catch (error) {
    if (!(error instanceof CliError && error.kind === 'forbidden')) throw error;
    return undefined;
  }
}
