import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { diagnosed } from './diagnosis';
import { environment } from './environment';
import { apply, exec, get, kubectl } from './kubectl';
import { type Program, program } from './programs';
import { eventually } from './run';

const made: string[] = [];

/** Makes a namespace of its own name. */
export async function newNamespace(purpose: string, labels: Record<string, string> = {}): Promise<string> {
  const name = `cluster-test-${purpose}-${randomBytes(3).toString('hex')}`;
  made.push(name);
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  // Pods are refused until the namespace's ServiceAccount is there.
  await eventually(`the ServiceAccount of ${name}`, 30, () => get('-n', name, 'serviceaccount', 'default'));
  return name;
}

/** Deletes all namespaces that were made. */
export async function deleteNamespaces(): Promise<void> {
  const names = made.splice(0);
  if (names.length > 0) {
    await kubectl(['delete', 'namespace', '--ignore-not-found', ...names]);
  }
}

/** A running pod with a shell. */
export interface Toolbox {
  readonly namespace: string;
  readonly name: string;
  /** Its address. */
  readonly ip: string;
  /** Runs a command in it. */
  exec(...command: string[]): Promise<string>;
  /** Runs a shell script in it. */
  shell(script: string): Promise<string>;
  /** Puts one of the tests' programs at /tmp/NAME. */
  install(name: Program): Promise<void>;
}

/** Starts a pod with a shell. */
export async function startToolbox(namespace: string, name: string, node: string, spec: object = {}): Promise<Toolbox> {
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: { app: name } },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'main',
          image: environment('CLUSTER_TOOLBOX_IMAGE'),
          imagePullPolicy: 'IfNotPresent',
          command: ['sleep', '86400'],
          ...('volumes' in spec ? { volumeMounts: [{ name: 'secret', mountPath: '/secret' }] } : {}),
        },
      ],
      ...spec,
    },
  });
  const { podIP: ip } = await diagnosed(namespace, () =>
    eventually(`the pod ${name}`, 60, async () => {
      const { status } = await get('-n', namespace, 'pod', name);
      const isReady = (one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True';
      return status.conditions?.some(isReady) && status;
    }),
  );
  const here = { namespace, pod: name };
  const run = (...command: string[]) => exec({ ...here, command });
  const install = async (file: Program) => {
    const command = ['sh', '-c', `cat >/tmp/${file} && chmod 755 /tmp/${file}`];
    await exec({ ...here, command, input: readFileSync(program(file)) });
  };
  return { namespace, name, ip, exec: run, shell: (script) => run('sh', '-c', script), install };
}

/** How a pod pulls. */
export interface PullOptions {
  readonly policy?: 'Always' | 'IfNotPresent';
  /** Name of a pull secret. */
  readonly secret?: string;
  /** Seconds until it must run. */
  readonly seconds?: number;
}

/** What became of a pull. */
export interface Pull {
  readonly node: string;
  readonly reference: string;
  /** Seconds from the pod's creation to its container's start, by the clock of this process. */
  readonly seconds: number;
  /** Whether the container runs. */
  readonly succeeded: boolean;
  /** Messages of what failed, also where a later attempt succeeded. */
  readonly failures: string[];
}

/** Runs a pod of an image on a node. Ends when it runs, or when its image could not be pulled. */
export async function pull(
  namespace: string,
  node: string,
  reference: string,
  { policy = 'Always', secret, seconds = 60 }: PullOptions = {},
): Promise<Pull> {
  const name = `pull-${randomBytes(5).toString('hex')}`;
  const start = Date.now();
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'main', image: reference, imagePullPolicy: policy }],
      ...(secret ? { imagePullSecrets: [{ name: secret }] } : {}),
    },
  });
  const state = await eventually(
    `${reference} on ${node}`,
    seconds,
    async () => {
      const pod = await get('-n', namespace, 'pod', name);
      const { state = {} } = pod.status.containerStatuses?.[0] ?? {};
      const refused = ['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull'].includes(state.waiting?.reason);
      return state.running || state.terminated ? 'runs' : refused && 'refused';
    },
    400,
  );
  const took = (Date.now() - start) / 1000;
  const failures = await failuresOf(namespace, name, state === 'refused');
  return { node, reference, seconds: took, succeeded: state === 'runs', failures };
}

/** Messages of a pod's failures. Events come a little later than the state they tell of. */
async function failuresOf(namespace: string, name: string, expected: boolean): Promise<string[]> {
  const read = async () => {
    const { items } = await get('-n', namespace, 'events', '--field-selector', `involvedObject.name=${name}`);
    // biome-ignore lint/suspicious/noExplicitAny: an object of the API
    const failed = items.filter((event: any) => event.type === 'Warning' && event.reason === 'Failed');
    return failed.map((event: { message: string }) => event.message) as string[];
  };
  return expected
    ? eventually(`the event that says why ${name} was refused`, 10, async () => {
        const messages = await read();
        return messages.length > 0 && messages;
      })
    : read();
}

/** Pulls, and fails unless the pull succeeded at the first attempt. */
export async function pullOnce(...args: Parameters<typeof pull>): Promise<Pull> {
  const result = await pull(...args);
  if (!result.succeeded || result.failures.length > 0) {
    throw new Error(`${result.reference} on ${result.node} after ${result.seconds} s: ${result.failures.join('; ')}`);
  }
  return result;
}
