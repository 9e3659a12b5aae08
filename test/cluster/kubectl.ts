import { attempt, type Outcome, type RunOptions, run } from './run';

/** Namespace of the mirror. */
export const NAMESPACE = 'secured-mirror';

const command = process.env.KUBECTL ?? 'kubectl';

/** Runs kubectl. */
export function kubectl(args: readonly string[], options?: RunOptions): Promise<string> {
  return run([command, ...args], options);
}

/** Runs a kubectl that may fail. */
export function tryKubectl(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  return attempt([command, ...args], options);
}

/** The command line of a kubectl that goes on running. */
export function kubectlCommand(...args: string[]): string[] {
  return [command, ...args];
}

/** Applies objects, given as values. */
export function apply(...objects: object[]): Promise<string> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  return kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: JSON.stringify(list) });
}

/** Reads an object or a list. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export async function get(...args: string[]): Promise<any> {
  return JSON.parse(await kubectl(['get', '-o', 'json', ...args]));
}

/** What a namespace's pods did: for the message of a test that fails. */
export async function diagnosis(namespace: string): Promise<string> {
  const parts = [
    ['get', 'pods', '-o', 'wide'],
    ['get', 'certificates,issuers'],
    ['get', 'events', '--sort-by=.lastTimestamp'],
    ['logs', '-l', 'app.kubernetes.io/component=mirror', '--all-containers', '--prefix', '--tail=15'],
  ];
  const texts = await Promise.all(
    parts.map(async (args) => {
      const { stdout, stderr } = await tryKubectl(['-n', namespace, ...args]);
      return `$ kubectl ${args.join(' ')}\n${(stdout + stderr).slice(-6000)}`;
    }),
  );
  return texts.join('\n');
}

/** Does something; when it fails, its message says what a namespace's pods did. */
export async function diagnosed<T>(namespace: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\n${await diagnosis(namespace)}`);
  }
}
