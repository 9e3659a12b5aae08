import { randomBytes } from 'node:crypto';
import { apply, get, kubectl } from './kubectl';
import { eventually } from './run';

/** A pod to pull with. */
export interface TokenPod {
  readonly node: string;
  readonly images: string[];
  readonly serviceAccount: string;
}

/** What became of the pull of an image. */
export interface TokenPull {
  readonly pod: string;
  readonly image: string;
  /** Whether it succeeded at the first attempt. */
  readonly succeeded: boolean;
  /** What the user is told of each attempt that failed. */
  readonly failures: string[];
}

/** Makes pods, without a wait. Gives their names. */
export async function makePods(namespace: string, pods: TokenPod[]): Promise<string[]> {
  const named = pods.map((pod) => ({ ...pod, name: `pull-${randomBytes(5).toString('hex')}` }));
  await apply(
    ...named.map(({ name, node, images, serviceAccount }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name },
      spec: {
        nodeName: node,
        serviceAccountName: serviceAccount,
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        tolerations: [{ operator: 'Exists' }],
        containers: images.map((image, i) => ({ name: `c${i}`, image, imagePullPolicy: 'Always' })),
      },
    })),
  );
  return named.map(({ name }) => name);
}

/** Pulls of pods that came to an end so far, one for each container: by the kubelet's own events, so that no failure is missed. */
export async function pullsOf(namespace: string): Promise<TokenPull[]> {
  const others = ['Scheduled', 'Pulling', 'Created', 'Started', 'Killing'].map((reason) => `reason!=${reason}`);
  const selector = ['involvedObject.kind=Pod', ...others].join(',');
  const { items } = await get('-n', namespace, 'events', '--field-selector', selector);
  const pulls = new Map<string, TokenPull>();
  for (const { reason, message, involvedObject } of items) {
    const failed = reason === 'Failed' && message.startsWith('Failed to pull image');
    if (reason !== 'Pulled' && !failed) continue;
    const key = `${involvedObject.name} ${involvedObject.fieldPath}`;
    const [, image = ''] = /image "([^"]+)"/.exec(message) ?? [];
    const before = pulls.get(key)?.failures ?? [];
    const failures = failed ? [...before, message] : before;
    pulls.set(key, { pod: involvedObject.name, image, succeeded: failures.length === 0, failures });
  }
  return [...pulls.values()];
}

/** Runs pods, waits until each pull came to an end, and takes the pods away. */
export async function pullWith(namespace: string, pods: TokenPod[], seconds = 60): Promise<TokenPull[]> {
  const names = await makePods(namespace, pods);
  const count = pods.reduce((sum, { images }) => sum + images.length, 0);
  const pulls = await eventually(`${count} pulls in ${namespace}`, seconds, async () => {
    const its = (await pullsOf(namespace)).filter(({ pod }) => names.includes(pod));
    return its.length === count && its;
  });
  await deletePods(namespace, names);
  return pulls;
}

/** Takes pods away, without a wait. */
export async function deletePods(namespace: string, names: string[]): Promise<void> {
  if (names.length === 0) return;
  await kubectl(['-n', namespace, 'delete', 'pod', '--ignore-not-found', '--wait=false', ...names]);
}
