import { tryKubectl } from './kubectl';

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
