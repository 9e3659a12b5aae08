import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter, type Manifest } from '../kubectl/kubectl-writer';
import { CliError } from '../shared/cli-error';
import { inParallel } from '../shared/parallel';
import { isOver, isReady, type PodObject } from './pod-state';
import type { ProbeHome } from './probe-home';
import { BATCH_LABEL, probeManifest } from './probe-manifest';
import { resultOf, whyNot } from './probe-result';
import type { IProbes, ProbePod, ProbeResult, RunningProbe } from './probes';
import { RUN_LABEL, runLabels } from './run-labels';

const LOGS_AT_ONCE = 6;
const POLL_MILLISECONDS = 700;
/** A look at the pods of 200 nodes is megabytes of the API server's. */
const MILLISECONDS_A_POD = 20;
/** The kubelet ends a pod by itself when nobody else did. */
const MARGIN_SECONDS = 60;

/** Short-lived pods in the home of a run. */
export class ProbePods implements IProbes {
  private readonly writer: KubectlWriter;
  private batches = 0;
  private creations = 0;

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
    // A check may try again, and another run may be in the same namespace.
    const suffix = `${this.home.run}-${++this.creations}`;
    const placed = objects.map((object) => ({
      ...object,
      metadata: { ...object.metadata, name: `${object.metadata.name}-${suffix}`, namespace, labels },
    }));
    await this.writer.createAll(namespace, placed);
  }

  public async run(pods: readonly ProbePod[], seconds: number): Promise<ProbeResult[]> {
    if (pods.length === 0) return [];
    const batch = await this.begin(pods, seconds);
    const seen = await this.watch(batch, seconds, (found) => found.length >= batch.alive.length && found.every(isOver));
    const results = await inParallel([...batch.names.entries()], LOGS_AT_ONCE, ([index, name]) =>
      resultOf(this.kubectl, batch, name, pods[index], seen.get(name)),
    );
    await this.writer.remove(batch.namespace, ['pods', '--selector', batch.selector], false);
    return results;
  }

  public async start(pod: ProbePod, seconds: number): Promise<RunningProbe> {
    const batch = await this.begin([pod], seconds);
    const seen = await this.watch(batch, seconds, (found) => found.some((pod) => isReady(pod) || isOver(pod)));
    const [name = ''] = batch.names;
    const { namespace } = batch;
    const running = seen.get(name);
    if (running === undefined || !isReady(running)) {
      const why = batch.refused.get(name) ?? (await whyNot(this.kubectl, namespace, name, running));
      throw new CliError('other', `a pod of the run does not start: ${why}`);
    }
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
      .map((name, index) => [name, complaint(name, pods[index]?.purpose ?? '', refused)] as const)
      .filter(([name]) => !alive.includes(name));
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
      await sleep(Math.max(POLL_MILLISECONDS, alive.length * MILLISECONDS_A_POD));
    }
    return new Map(found.map((pod) => [pod.metadata.name, pod]));
  }
}

/** Why the API server refuses a pod, without the pod's name: the same words for all nodes. */
function complaint(name: string, purpose: string, refused: readonly string[]): string {
  const line = refused.find((line) => line.includes(`"${name}"`)) ?? refused.at(-1) ?? '';
  return line.replaceAll(`"${name}"`, `"${purpose}"`);
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
