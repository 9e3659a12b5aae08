import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** What a run came to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command for each line of its stdin, an array of arguments, and answers each with a line. */
const PROGRAM = `
const { run } = require(process.argv[1]);
const answer = process.stdout.write.bind(process.stdout);
const said = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) process[name].write = (text) => { said[name] += text; return true; };
(async () => {
  for await (const line of require('node:readline').createInterface({ input: process.stdin })) {
    Object.assign(said, { stdout: '', stderr: '' });
    answer(JSON.stringify({ code: await run(JSON.parse(line)), ...said }) + '\\n');
  }
})();
`;

/** The command in one process of its own for many runs, one after the other: to start one costs more than a run. */
export class CommandSession {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  /**
   * @param program the compiled module that exports `run`
   * @param ca a file with the CA that it trusts
   */
  public constructor(program: string, ca: string) {
    const env = { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: ca };
    this.child = spawn(process.execPath, ['-e', PROGRAM, program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: Interface = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    this.lines = lines[Symbol.asyncIterator]();
  }

  public async run(args: string[]): Promise<Outcome> {
    this.child.stdin?.write(`${JSON.stringify(args)}\n`);
    const { value, done } = await this.lines.next();
    if (done === true) throw new Error('the command ended');
    return JSON.parse(value);
  }

  public end(): void {
    this.child.stdin?.end();
  }
}
