import { runCommand } from '../integration/tokens/harness/command';
import { Compiled } from '../integration/tokens/harness/compiled';

/** The command `secure-mirror tokens`, with all that it said. */
export class TokenCommand {
  /** All that it printed, and its arguments and environments. */
  public readonly said: string[] = [];
  private readonly compiled = new Compiled();

  /** @param ca file with the CA of the registry */
  public constructor(private readonly ca: string) {}

  /** Runs it for a stack file. */
  public async run(file: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
    const { KUBECONFIG = '', KUBECTL = 'kubectl', HOME = '/' } = process.env;
    const all = ['tokens', ...args, '-f', file];
    const run = await runCommand(this.compiled.main, all, {
      ca: this.ca,
      input: '',
      env: { KUBECONFIG, KUBECTL, HOME },
    });
    const text = run.stdout + run.stderr;
    this.said.push(text, run.process);
    return { code: run.code, text };
  }

  public remove(): void {
    this.compiled.remove();
  }
}
