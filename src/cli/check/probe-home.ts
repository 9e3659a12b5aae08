import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, Chart } from 'cdk8s';
import { MirrorNamespace } from '../../mirror/pod/namespace';
import type { ResolvedMirror } from '../../mirror/resolved';
import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter, type Manifest } from '../kubectl/kubectl-writer';
import { CliError } from '../shared/cli-error';
import { RUN_LABEL, runLabels, runNamespace } from './run-labels';

const ACCOUNT_TRIES = 60;

/**
 * The namespace of a run's pods, made when the first one needs it: one of its own, so that all goes with it. Images that only a pull
 * secret opens are the exception: a Secret is never copied, so these pods are in the mirror's namespace, where it is.
 */
export class ProbeHome {
  /** Name of the run. */
  public readonly run = randomBytes(4).toString('hex');
  private made?: Promise<void>;
  private leavesSomething = false;

  /**
   * @param kubectl asks the cluster
   * @param mirror the settings
   */
  public constructor(
    private readonly kubectl: Kubectl,
    private readonly mirror: Pick<ResolvedMirror, 'namespace' | 'platform' | 'imagePullSecrets'>,
  ) {}

  /** Secrets that pods pull their images with. */
  public get imagePullSecrets(): readonly string[] {
    return this.mirror.imagePullSecrets;
  }

  /**
   * The namespace, which exists from now on.
   *
   * @throws CliError where it cannot be made
   */
  public async namespace(): Promise<string> {
    this.made ??= this.isOwn ? this.makeNamespace() : this.expectNamespace();
    await this.made;
    return this.name;
  }

  /**
   * Removes all that the run made, and waits until it is gone.
   *
   * @param kubectl asks the cluster; the one that made it may have been stopped
   */
  public async remove(kubectl: Kubectl): Promise<void> {
    if (!this.leavesSomething) return;
    const writer = new KubectlWriter(kubectl);
    if (this.isOwn) return writer.remove(this.name, ['namespace', this.name], true);
    return writer.remove(this.name, [REMOVED_KINDS, '--selector', `${RUN_LABEL}=${this.run}`], true);
  }

  private get isOwn(): boolean {
    return this.mirror.imagePullSecrets.length === 0;
  }

  private get name(): string {
    return this.isOwn ? runNamespace(this.run) : this.mirror.namespace;
  }

  private async makeNamespace(): Promise<void> {
    const chart = new Chart(new App(), 'check');
    new MirrorNamespace(chart, 'namespace', { name: this.name, platform: this.mirror.platform });
    const objects: Manifest[] = chart.toJson();
    const labelled = objects.map(({ metadata, ...object }) => ({
      ...object,
      metadata: { ...metadata, labels: { ...(metadata.labels ?? {}), ...runLabels(this.run) } },
    }));
    const writer = new KubectlWriter(this.kubectl);
    await this.begin(() => writer.createAll(this.name, labelled));
    await writer.createAll(this.name, [denial(this.name, this.run)]);
    await this.expectAccount();
  }

  /** A new namespace takes no pods before it has its ServiceAccount. */
  private async expectAccount(): Promise<void> {
    for (let tries = 0; tries < ACCOUNT_TRIES; tries++) {
      const found = await this.kubectl.object('serviceaccount', 'default', '--namespace', this.name);
      if (found !== undefined) return;
      await sleep(500);
    }
    throw new CliError(
      'other',
      `the new namespace ${this.name} gets no ServiceAccount: does kube-controller-manager run?`,
    );
  }

  private async expectNamespace(): Promise<void> {
    const { namespace, imagePullSecrets } = this.mirror;
    if ((await this.kubectl.object('namespace', namespace)) === undefined) {
      const why = `its pods need the imagePullSecrets ${imagePullSecrets.join(', ')} of the namespace ${namespace}, which does not exist`;
      throw new CliError('absent', `not tried: ${why}; make the namespace and these Secrets first`);
    }
    const writer = new KubectlWriter(this.kubectl);
    await this.begin(() => writer.createAll(namespace, [denial(namespace, this.run)]));
  }

  /** Creates the first objects. Only without the right to do so it is certain that none is left. */
  private async begin(create: () => Promise<void>): Promise<void> {
    this.leavesSomething = true;
    try {
      await create();
    } catch (error) {
      if (error instanceof CliError && error.kind === 'forbidden') this.leavesSomething = false;
      throw error;
    }
  }
}

/** Kinds of objects that a run makes in a namespace that is not its own. */
export const REMOVED_KINDS = 'pods,networkpolicies';

/** Pods of a run reach nobody, and nobody reaches them, unless a check's own policy says so. */
function denial(namespace: string, run: string): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name: `check-${run}`, labels: runLabels(run) },
    spec: { podSelector: { matchLabels: { [RUN_LABEL]: run } }, policyTypes: ['Ingress', 'Egress'] },
  };
}
