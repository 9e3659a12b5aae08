import type { Kubectl } from '../../../src/cli/kubectl/kubectl';
import type { VerifyContext } from '../../../src/cli/verify/row';
import type { Target } from '../../../src/cli/verify/target';
import { resolveStack } from '../../../src/stack/resolve';
import { minimal } from '../../support';
import { contextOf, type FakeCluster, type FakeContext } from '../probe/fake-context';

/** A mirror of two pods, one with a node port of plain Spegel's. */
export const TARGET: Target = {
  namespace: 'secured-mirror',
  pods: ['w1', 'w2'].map((node, index) => ({
    name: `mirror-${node}`,
    node,
    address: `10.244.${index + 1}.5`,
    nodeAddress: `10.0.0.1${index + 1}`,
    hostPorts: [30020],
    hasAgent: true,
    words: ['registry', '--registry-addr=127.0.0.1:5000'],
    images: ['example.com/spegel:v1'],
  })),
  services: [
    { name: 'mirror-peers', address: '', ports: [5444], nodePorts: [] },
    { name: 'mirror-entry', address: '10.96.77.77', ports: [30020], nodePorts: [30021] },
  ],
};

/** What kubectl answers where it creates nothing. */
export type Run = (words: readonly string[]) => {
  readonly status: number;
  readonly stdout?: string;
  readonly stderr?: string;
};

/** How the API server says that a policy of a name refuses an object. */
export function deniedBy(policy: string, message: string): string {
  return `Error from server (Forbidden): a "b" is forbidden: ValidatingAdmissionPolicy '${policy}' with binding '${policy}' denied request: ${message}`;
}

/** A cluster under attack. */
export interface FakeAttack extends FakeCluster {
  readonly target?: Target;
  readonly runs?: Run;
}

/** A context whose attacks are answered from tables. */
export function attackOn({
  target = TARGET,
  runs = () => ({ status: 0 }),
  ...cluster
}: FakeAttack): FakeContext & VerifyContext {
  const context = contextOf(cluster);
  const { tokens, guards } = resolveStack({ ...minimal, ...cluster.stack } as never);
  const kubectl = {
    ...context.kubectl,
    run: async (words: string[], options: { input?: string } = {}) =>
      options.input === undefined
        ? { stdout: '', stderr: '', ...runs(words) }
        : context.kubectl.run(words, options as { input: string }),
  } as unknown as Kubectl;
  return { ...context, kubectl, target, tokens, guards };
}
