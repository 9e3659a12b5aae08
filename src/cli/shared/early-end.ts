import { CliError, Interrupted } from './cli-error';
import { longestWait } from './waiting';

/** Signals by which a user or a system ends the command, with the exit codes of shells. */
export const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A signal that ends the command. */
type Signal = keyof typeof SIGNALS;

/** Ends the work of a run early: when its time is up, or at Ctrl-C. A second Ctrl-C ends the process at once. */
export class EarlyEnd {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly listeners = (Object.keys(SIGNALS) as Signal[]).map(
    (signal) => [signal, () => this.onSignal(signal)] as const,
  );
  private code?: number;

  /**
   * @param seconds how long the run may take
   * @param onInterrupt tells the user, at the first signal and at the second, after which the process ends
   */
  public constructor(
    seconds: number,
    private readonly onInterrupt: (again: boolean) => void,
  ) {
    this.timer = setTimeout(() => {
      const waited = longestWait();
      const where = waited === undefined ? '' : `: it waited for ${waited}`;
      this.controller.abort(new CliError('timeout', `not finished after the ${seconds} s of --timeout${where}`));
    }, seconds * 1000);
    for (const [signal, listener] of this.listeners) process.on(signal, listener);
  }

  /** Aborted at the end, with a CliError. */
  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The exit code of a run that a signal ended. */
  public get exitCode(): number | undefined {
    return this.code;
  }

  /**
   * Waits for work, until the end at most.
   *
   * @throws CliError at an early end
   */
  public async within<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    let stop = () => {};
    const ended = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work, ended]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Gives the signals back to the system. */
  public dispose(): void {
    clearTimeout(this.timer);
    for (const [signal, listener] of this.listeners) process.off(signal, listener);
  }

  private onSignal(signal: Signal): void {
    const again = this.code !== undefined;
    this.code ??= SIGNALS[signal];
    this.onInterrupt(again);
    if (again) {
      this.dispose();
      process.kill(process.pid, signal);
    }
    this.controller.abort(new Interrupted(this.code));
  }
}
