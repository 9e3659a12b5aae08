import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter, type Manifest } from '../kubectl/kubectl-writer';
import { CliError } from '../shared/cli-error';
import { RUN_LABEL, type RunCommand, runLabels, runNamespace } from './run-labels';

const ACCOUNT_TRIES = 60;

/** Where a run's pods are. */
export interface HomeProps {
  readonly command: RunCommand;
  /** The namespace, by its name, and what it needs before its first pod. */
  readonly objects: (namespace: string) => Manifest[];
  /** Whether pods reach nobody, and nobody reaches them, unless a policy of the run says so. */
  readonly isolated: boolean;
  /**
   * A namespace that exists, and has the only Secrets that open the pods' images.
   *
   * @default - the run makes a namespace of its own
   */
  readonly shared?: { readonly namespace: string; readonly imagePullSecrets: readonly string[] };
}

/** The namespace of a run's pods, made when the first one needs it: one of its own, so that all goes with it, unless the pods need the Secrets of another. */
export class ProbeHome {
  /** Name of the run. */
  public readonly run = randomBytes(4).toString('hex');
  private made?: Promise<void>;
  private leavesSomething = false;

  /**
   * @param kubectl asks the cluster
   * @param props where the pods are
   */
  public constructor(
    private readonly kubectl: Kubectl,
    private readonly props: HomeProps,
  ) {}

  /** Secrets that pods pull their images with. */
  public get imagePullSecrets(): readonly string[] {
    return this.props.shared?.imagePullSecrets ?? [];
  }

  /**
   * The namespace, which exists from now on.
   *
   * @throws CliError where it cannot be made
   */
  public async namespace(): Promise<string> {
    const { shared } = this.props;
    this.made ??= shared === undefined ? this.makeNamespace() : this.expectNamespace(shared);
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
    if (this.props.shared === undefined) return writer.remove(this.name, ['namespace', this.name], true);
    return writer.remove(this.name, [REMOVED_KINDS, '--selector', `${RUN_LABEL}=${this.run}`], true);
  }

  private get name(): string {
    return this.props.shared?.namespace ?? runNamespace(this.props.command, this.run);
  }

  private async makeNamespace(): Promise<void> {
    const { objects, isolated } = this.props;
    const labelled = objects(this.name).map(({ metadata, ...object }) => ({
      ...object,
      metadata: { ...metadata, labels: { ...(metadata.labels ?? {}), ...runLabels(this.run) } },
    }));
    const writer = new KubectlWriter(this.kubectl);
    await this.begin(() => writer.createAll(this.name, labelled));
    if (isolated) await writer.createAll(this.name, [denial(this.name, this.run)]);
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

  private async expectNamespace({ namespace, imagePullSecrets }: Required<HomeProps>['shared']): Promise<void> {
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
