import { Command } from 'commander';
import { secondsOf } from './duration';
import { within } from './within';

/** The option of a command that may have to wait for others. */
interface Timed {
  readonly timeout: string;
}

/** A command whose action returns its exit code. */
export class CliCommand extends Command {
  private code?: number;

  public override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /**
   * Sets the action.
   *
   * @param action takes the options, and the arguments if there are any, and returns the exit code: 0 ok, 1 a problem, 2 the command could not do its work
   */
  public exitsWith<O>(action: (options: O, ...args: string[]) => number | Promise<number>): this {
    // It is called with the arguments, the options and the command.
    return this.action(async (...given: unknown[]) => {
      const [options] = given.slice(-2) as [O];
      this.code = await action(options, ...(given.slice(0, -2) as string[]));
    });
  }

  /**
   * Sets the action of a command that waits for a cluster, a registry or another program, and adds --timeout.
   *
   * @param timeout how long it may take by default, such as 5m
   * @param action as for `exitsWith`, with a signal before the arguments, which says that the command ends early
   */
  public endsWithin<O>(
    timeout: string,
    action: (options: O, signal: AbortSignal, ...args: string[]) => Promise<number>,
  ): this {
    return this.option('--timeout <duration>', 'end the whole run after so long', timeout).exitsWith<O & Timed>(
      (options, ...args) =>
        within(secondsOf('--timeout', options.timeout), (signal) => action(options, signal, ...args)),
    );
  }

  /** The exit code of the action that ran, here or in a subcommand; undefined before. */
  public get exitCode(): number | undefined {
    const commands = this.commands as readonly CliCommand[];
    return this.code ?? commands.map(({ exitCode }) => exitCode).find((code) => code !== undefined);
  }
}
