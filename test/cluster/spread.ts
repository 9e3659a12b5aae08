import { createHash } from 'node:crypto';
import { exec, get, patch } from './kubectl';
import { type Metrics, parse } from './metrics';
import { inNode } from './nodes';
import { eventually, sleep } from './run';
import { type MirrorPod, mirrorPods, NAMESPACE } from './stack';

/** Milliseconds between one node's seeing a change and the next one's: what the mirrors must bear. */
const SKEW = 2500;

/**
 * Lets a change of Secrets and ConfigMaps reach the nodes one after the other, as the kubelets' periods do, but in seconds and not
 * in minutes: a kubelet looks at once when a pod's annotations change.
 *
 * @param where which mirrors; all of them unless given
 */
export async function spread(where: (pod: MirrorPod) => boolean = () => true): Promise<void> {
  const pods = (await mirrorPods()).filter(where);
  const [{ spec }] = (await get('-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=mirror')).items;
  await eventually('the change on every node', 150, async () => {
    const sums = await wanted(spec.volumes);
    const inStep = await Promise.all(pods.map((pod) => isInStep(pod, sums)));
    for (const pod of pods.filter((_, i) => !inStep[i])) {
      const annotations = { 'cluster-test/touched': `${Date.now()}` };
      await patch(NAMESPACE, 'pod', pod.name, { metadata: { annotations } });
      // After the last one too: its proxy has yet to take over what the kubelet wrote.
      await sleep(SKEW);
    }
    return !inStep.includes(false);
  });
}

/** What volumes should hold: the sum of each file's content, by its path in the kubelet's folder of a pod's volumes. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API
async function wanted(volumes: any[]): Promise<Map<string, string | undefined>> {
  const { items } = await get('-n', NAMESPACE, 'secrets,configmaps');
  const sums = new Map<string, string | undefined>();
  for (const { name, secret, configMap } of volumes.filter((volume) => volume.secret ?? volume.configMap)) {
    const [kind, object] = secret ? ['Secret', secret.secretName] : ['ConfigMap', configMap.name];
    // biome-ignore lint/suspicious/noExplicitAny: an object of the API
    const found = items.find((item: any) => item.kind === kind && item.metadata.name === object);
    const data: Record<string, string> = found?.data ?? {};
    const all = Object.keys(data).map((key) => ({ key, path: key }));
    for (const { key, path } of (secret ?? configMap).items ?? all) {
      const value = data[key] === undefined ? undefined : Buffer.from(data[key], secret ? 'base64' : 'utf8');
      const sum = value && createHash('sha256').update(value).digest('hex');
      sums.set(`kubernetes.io~${kind.toLowerCase()}/${name}/${path}`, sum);
    }
  }
  return sums;
}

async function isInStep({ node, uid }: MirrorPod, sums: Map<string, string | undefined>): Promise<boolean> {
  const script = `cd "/var/lib/kubelet/pods/$1/volumes" && shopt -s nullglob && sha256sum kubernetes.io~{secret,configmap}/*/*`;
  const lines = (await inNode(node, 'bash', '-c', script, 'volumes', uid)).trim().split('\n');
  const found = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  return [...sums].every(([file, sum]) => found.get(file) === sum);
}

/** What a node agent says of itself. */
export async function report(pod: MirrorPod): Promise<Metrics> {
  const command = ['cat', '/run/node-agent/report'];
  return parse(await exec({ namespace: NAMESPACE, pod: pod.name, container: 'node-agent', command }));
}

/** Waits until every node agent's report says something. */
export async function reported(
  what: string,
  seconds: number,
  holds: (metrics: Metrics, pod: MirrorPod) => boolean,
  where: (pod: MirrorPod) => boolean = () => true,
): Promise<void> {
  await eventually(what, seconds, async () => {
    for (const pod of (await mirrorPods()).filter(where)) {
      const metrics = await report(pod);
      if (!holds(metrics, pod)) {
        throw new Error(`${pod.node}: ${JSON.stringify([...metrics])}`);
      }
    }
    return true;
  });
}

/** Value of a label of the first series of a metric. */
export function label(metrics: Metrics, name: string, key: string): string | undefined {
  const series = [...metrics.keys()].find((text) => text.startsWith(`${name}{`));
  return series === undefined ? undefined : new RegExp(`[{,]${key}="([^"]*)"`).exec(series)?.[1];
}

/** Which pods the mirror has, and how often their containers were restarted: the same as before when nothing was replaced. */
export async function lives(): Promise<Record<string, MirrorPod['restarts']>> {
  return Object.fromEntries((await mirrorPods()).map(({ node, uid, restarts }) => [`${node} ${uid}`, restarts]));
}
