/** The fields of a Pod that tell how it is doing. */
export interface PodObject {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly conditions?: {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly initContainerStatuses?: ContainerStatus[];
    readonly containerStatuses?: ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly imageID?: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
  };
}

/** Whether a pod has ended, well or not. */
export function hasEnded({ status }: PodObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Why a kubelet does not start a container, and only tries again: mostly because nobody gives it the image. */
const HOPELESS = ['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'CreateContainerConfigError'];

/** Whether nothing more comes of a pod: it has ended, or one of its containers cannot start. */
export function isOver(pod: PodObject): boolean {
  return hasEnded(pod) || containersOf(pod).some(({ state }) => HOPELESS.includes(state?.waiting?.reason ?? ''));
}

/** Whether a pod is ready. */
export function isReady({ status }: PodObject): boolean {
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** The exit code of each container that ended. */
export function exitCodesOf(pod: PodObject): { readonly [container: string]: number } {
  const ended = containersOf(pod).flatMap(({ name, state }) =>
    state?.terminated === undefined ? [] : [[name, state.terminated.exitCode] as const],
  );
  return Object.fromEntries(ended);
}

/** Which run of a container goes on, by how often it has started again; nothing while none does. */
export function currentRunOf(pod: PodObject, container: string): number | undefined {
  const { state, restartCount } = containersOf(pod).find(({ name }) => name === container) ?? {};
  return state?.running && restartCount;
}

/** The image of each container that the node has. */
export function imagesOf(pod: PodObject): { readonly [container: string]: string } {
  return Object.fromEntries(containersOf(pod).flatMap(({ name, imageID }) => (imageID ? [[name, imageID]] : [])));
}

/** Why a pod does not run or did not succeed, in the words of the scheduler, the kubelet and the runtime; empty when it did. */
export function reasonOf(pod: PodObject): string {
  const { phase, reason, message, conditions = [] } = pod.status ?? {};
  if (phase === 'Succeeded') return '';
  if (reason !== undefined) return said(reason, message);
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) return said(unscheduled.reason, unscheduled.message);
  const states = containersOf(pod).map(({ name, state }) => ({ name, ...state }));
  const waiting = states.find(({ waiting }) => waiting?.message !== undefined)?.waiting;
  if (waiting !== undefined) return said(waiting.reason, waiting.message);
  const failed = states.find(({ terminated }) => terminated !== undefined && terminated.exitCode !== 0);
  if (failed?.terminated !== undefined) {
    const { exitCode, reason, message } = failed.terminated;
    return said(reason === 'Error' ? undefined : reason, message) || `container ${failed.name} ended with ${exitCode}`;
  }
  return said(states.find(({ waiting }) => waiting !== undefined)?.waiting?.reason, undefined);
}

function containersOf({ status = {} }: PodObject): ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
}

function said(reason = '', message = ''): string {
  return [reason, message.trim().replace(/\s+/g, ' ')].filter((text) => text !== '').join(': ');
}
