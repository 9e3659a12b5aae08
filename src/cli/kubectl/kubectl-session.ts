import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessWords } from '../../stack/spelling';
import type { CliError } from '../shared/cli-error';
import { endProgram } from '../shared/program-process';
import { spellingOf } from '../shared/started';
import { waitingFor } from '../shared/waiting';
import type { ClusterAccess } from './access';
import { type Answer, type KubectlOptions, startKubectl } from './kubectl-process';

/** A cluster, and the namespace of the mirror. */
export interface Access extends ClusterAccess {
  /** Namespace of the mirror. */
  readonly namespace: string;
}

const SIGNAL_MILLISECONDS = 100;

/** Questions to the user's own kubectl, which brings their login. They can be ended early. */
export class KubectlSession {
  private asked = false;
  private stopped?: CliError;
  private readonly running = new Set<ChildProcess>();

  /**
   * @param access the cluster and the namespace
   * @param signal ends it early, with a CliError
   */
  public constructor(
    public readonly access: Access,
    signal?: AbortSignal,
  ) {
    signal?.addEventListener('abort', () => this.stop(signal.reason));
  }

  /** The beginning of a command for the user to type. */
  public get command(): string {
    return spellingOf(this.access).kubectl(this.access.namespace);
  }

  /**
   * Runs a command of kubectl, and gives its answer, whatever its exit code is.
   *
   * @param args the words
   * @param options its standard input, and how long it may take
   */
  public async run(args: string[], options: Pick<KubectlOptions, 'input' | 'seconds'> = {}): Promise<Answer> {
    if (this.stopped) throw this.stopped;
    // The first question may lead to a login, which talks to the user; all others find them logged in.
    const login = !this.asked;
    this.asked = true;
    const { child, answer } = startKubectl([...this.flags(), ...args], { login, ...options });
    this.running.add(child);
    const given = await waitingFor(`kubectl ${namesOf(args)}`, answer).finally(() => this.running.delete(child));
    // Ctrl-C at a terminal ends kubectl too, perhaps before this process learns of it.
    if (given.status === null) await sleep(SIGNAL_MILLISECONDS);
    if (this.stopped) throw this.stopped;
    return given;
  }

  /**
   * Ends processes that still run, and begins no others.
   *
   * @param reason the error of each question from now on
   */
  public async stop(reason: CliError): Promise<void> {
    this.stopped = reason;
    await this.end();
  }

  /** Ends processes that still run, when nobody waits for them any more. */
  public async end(): Promise<void> {
    await Promise.all(
      [...this.running].map((child) => {
        endProgram(child);
        return once(child, 'close');
      }),
    );
  }

  private flags(): string[] {
    return [...accessWords(this.access), '--namespace', this.access.namespace];
  }
}

/** What a command of kubectl is about: its words without options. */
function namesOf(args: string[]): string {
  const words = args.slice(args.findIndex((word, index) => !word.startsWith('-') && args[index - 1] !== '--namespace'));
  const options = words.findIndex((word) => word.startsWith('-'));
  return words.slice(0, options < 0 ? undefined : options).join(' ');
}
