import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter, type Manifest } from '../kubectl/kubectl-writer';
import { CliError } from '../shared/cli-error';
import { inParallel } from '../shared/parallel';
import { exitCodesOf, hasEnded, imagesOf, isOver, isReady, type PodObject, reasonOf } from './pod-state';
import type { ProbeHome } from './probe-home';
import { BATCH_LABEL, probeManifest } from './probe-manifest';
import type { IProbes, ProbePod, ProbeResult, RunningProbe } from './probes';
import { RUN_LABEL, runLabels } from './run-labels';

const LOGS_AT_ONCE = 6;
const POLL_MILLISECONDS = 700;
/** The kubelet ends a pod by itself when nobody else did. */
const MARGIN_SECONDS = 60;

/** Short-lived pods in the home of a run. */
export class ProbePods implements IProbes {
  private readonly writer: KubectlWriter;
  private batches = 0;

  /**
   * @param kubectl asks the cluster
   * @param home where the pods are
   */
  public constructor(
    private readonly kubectl: Kubectl,
    private readonly home: ProbeHome,
  ) {
    this.writer = new KubectlWriter(kubectl);
  }

  public namespace(): Promise<string> {
    return this.home.namespace();
  }

  public async create(objects: readonly Manifest[]): Promise<void> {
    const namespace = await this.home.namespace();
    const labels = runLabels(this.home.run);
    const placed = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace, labels } }));
    await this.writer.createAll(namespace, placed);
  }

  public async run(pods: readonly ProbePod[], seconds: number): Promise<ProbeResult[]> {
    if (pods.length === 0) return [];
    const batch = await this.begin(pods, seconds);
    const seen = await this.watch(batch, seconds, (found) => found.length >= batch.alive.length && found.every(isOver));
    const results = await inParallel([...batch.names.entries()], LOGS_AT_ONCE, ([index, name]) =>
      this.resultOf(batch, name, pods[index], seen.get(name)),
    );
    await this.writer.remove(batch.namespace, ['pods', '--selector', batch.selector], false);
    return results;
  }

  public async start(pod: ProbePod, seconds: number): Promise<RunningProbe> {
    const batch = await this.begin([pod], seconds);
    const seen = await this.watch(batch, seconds, (found) => found.some((pod) => isReady(pod) || isOver(pod)));
    const [name = ''] = batch.names;
    const running = seen.get(name);
    if (running === undefined || !isReady(running)) {
      const why = batch.refused.get(name) ?? (await this.whyNot(batch, name, running));
      throw new CliError('other', `a pod of the check does not run: ${why}`);
    }
    const { namespace } = batch;
    return {
      pod: name,
      namespace,
      node: running.spec?.nodeName ?? '',
      address: running.status?.podIP ?? '',
      stop: () => this.writer.remove(namespace, ['pod', name], true),
    };
  }

  /** Creates pods, and notes down which the API server refuses. */
  private async begin(pods: readonly ProbePod[], seconds: number): Promise<Batch> {
    const { run, imagePullSecrets } = this.home;
    const namespace = await this.home.namespace();
    const batch = `${++this.batches}`;
    const place = { run, namespace, imagePullSecrets, batch, seconds: seconds + MARGIN_SECONDS };
    const manifests = pods.map((pod, index) => probeManifest(pod, index, place));
    const names = manifests.map(({ metadata }) => metadata.name);
    const { created, refused } = await this.writer.create(namespace, manifests);
    const alive = names.filter((name) => created.includes(`pod/${name}`));
    const reasons = names
      .filter((name) => !alive.includes(name))
      .map((name) => [name, refused.find((line) => line.includes(`"${name}"`)) ?? refused.at(-1) ?? ''] as const);
    const selector = `${RUN_LABEL}=${run},${BATCH_LABEL}=${batch}`;
    return { namespace, selector, names, alive, refused: new Map(reasons) };
  }

  /** Looks at the pods until they are as expected, or the time is up. */
  private async watch(
    { namespace, selector, alive }: Batch,
    seconds: number,
    isOver: (found: PodObject[]) => boolean,
  ): Promise<Map<string, PodObject>> {
    const end = performance.now() + seconds * 1000;
    let found: PodObject[] = [];
    while (alive.length > 0) {
      const list = await this.kubectl.object<{ items: PodObject[] }>(
        'pods',
        '--namespace',
        namespace,
        '--selector',
        selector,
      );
      found = list?.items ?? [];
      if (isOver(found) || performance.now() > end) break;
      await sleep(POLL_MILLISECONDS);
    }
    return new Map(found.map((pod) => [pod.metadata.name, pod]));
  }

  private async resultOf(
    batch: Batch,
    name: string,
    { spec }: ProbePod = { purpose: '', spec: { containers: [] } },
    pod: PodObject | undefined,
  ): Promise<ProbeResult> {
    const node = pod?.spec?.nodeName ?? '';
    const nothing = { pod: name, node, succeeded: false, logs: {}, exitCodes: {}, images: {} };
    const refused = batch.refused.get(name);
    if (refused !== undefined) return { ...nothing, reason: refused };
    if (pod === undefined) return { ...nothing, reason: 'somebody deleted the pod' };
    const exitCodes = exitCodesOf(pod);
    const logs: { [container: string]: string } = {};
    for (const container of [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name)) {
      if (hasEnded(pod) && !(container in exitCodes)) continue;
      logs[container] = await this.writer.logs(batch.namespace, name, container);
    }
    const succeeded = pod.status?.phase === 'Succeeded';
    const reason = succeeded ? '' : await this.whyNot(batch, name, pod);
    return { ...nothing, succeeded, reason, logs, exitCodes, images: imagesOf(pod) };
  }

  /** The pod's own reason; where it waits for its container, the last warning about it. */
  private async whyNot({ namespace }: Batch, name: string, pod: PodObject | undefined): Promise<string> {
    const own = pod === undefined ? 'somebody deleted it' : reasonOf(pod);
    if (own !== '' && own !== 'ContainerCreating' && own !== 'PodInitializing') return own;
    const selector = `involvedObject.name=${name},type=Warning`;
    const { items = [] } =
      (await this.kubectl.object<{ items?: { message?: string }[] }>(
        'events',
        '--namespace',
        namespace,
        '--field-selector',
        selector,
      )) ?? {};
    return items.at(-1)?.message ?? (own || 'it did not end in time');
  }
}

/** Pods that run together. */
interface Batch {
  readonly namespace: string;
  readonly selector: string;
  readonly names: readonly string[];
  /** The pods that the API server took. */
  readonly alive: readonly string[];
  /** Why it refused the others. */
  readonly refused: ReadonlyMap<string, string>;
}
