import { run } from './program';
import { SIGNALS } from './shared/early-end';
import { watchStreams } from './shared/output';

/**
 * Runs the command in this process.
 *
 * @param args the words after its name
 */
export async function start(args: string[]): Promise<void> {
  watchStreams(() => {
    process.once('exit', () => {
      process.exitCode = 2;
    });
  });
  // What is printed may still be on its way to a pipe, and an upload may have to be taken back: so no process.exit.
  const code = await run(args);
  process.exitCode = code;
  const [signal] = Object.entries(SIGNALS).find(([, ended]) => ended === code) ?? [];
  // A shell ends its loop when a signal ended the command, and not at the same exit code.
  if (signal !== undefined) process.once('beforeExit', () => process.kill(process.pid, signal));
}
