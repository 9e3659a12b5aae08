import { Command } from 'commander';

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

  /** The exit code of the action that ran, here or in a subcommand; undefined before. */
  public get exitCode(): number | undefined {
    const commands = this.commands as readonly CliCommand[];
    return this.code ?? commands.map(({ exitCode }) => exitCode).find((code) => code !== undefined);
  }
}
