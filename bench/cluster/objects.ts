import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import { kubectlError } from '../../src/cli/kubectl/kubectl-error';

/** Creates objects of a namespace, and the namespace itself, or changes them. */
export async function apply(kubectl: Kubectl, namespace: string, objects: readonly object[]): Promise<void> {
  const words = ['--namespace', namespace, 'apply', '--server-side', '--field-manager=mirror-bench', '-f', '-'];
  await done(kubectl, words, 120, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
}

/** Waits until a DaemonSet runs on its nodes. */
export async function rolledOut(kubectl: Kubectl, namespace: string, daemonSet: string): Promise<void> {
  const limit = 300;
  const words = ['--namespace', namespace, 'rollout', 'status', `daemonset/${daemonSet}`, `--timeout=${limit}s`];
  await done(kubectl, words, limit + 10);
}

/**
 * Runs a command of kubectl.
 *
 * @param kubectl the user's own
 * @param words the command
 * @param seconds how long it may take
 * @param input its standard input
 * @throws CliError with kubectl's complaint
 */
export async function done(kubectl: Kubectl, words: string[], seconds: number, input?: string): Promise<string> {
  const { status, stdout, stderr } = await kubectl.run(words, { seconds, input });
  if (status !== 0) throw kubectlError(stderr);
  return stdout;
}
