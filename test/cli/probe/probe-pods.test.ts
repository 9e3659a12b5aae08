import type { Kubectl } from '../../../src/cli/kubectl/kubectl';
import type { Manifest } from '../../../src/cli/kubectl/kubectl-writer';
import type { ProbeHome } from '../../../src/cli/probe/probe-home';
import { ProbePods } from '../../../src/cli/probe/probe-pods';
import type { ProbePod } from '../../../src/cli/probe/probes';
import { CliError } from '../../../src/cli/shared/cli-error';

interface Answer {
  readonly status: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

const POD: ProbePod = { purpose: 'node', node: 'w1', spec: { containers: [{ name: 'probe' }] } };
const UNSCHEDULED = { phase: 'Failed', conditions: [] };
const ENDED = {
  phase: 'Succeeded',
  containerStatuses: [{ name: 'probe', state: { terminated: { exitCode: 0 } } }],
};

/** Pods in a cluster where each ends with a status, and kubectl answers commands by their first word. */
function podsOf(status: object, answers: { readonly [word: string]: (items: Manifest[]) => Answer } = {}) {
  const created: Manifest[] = [];
  const kubectl = {
    run: async (words: string[], { input = '{"items":[]}' } = {}) => {
      const { items } = JSON.parse(input) as { items: Manifest[] };
      const word = words.find((one) => ['create', 'delete', 'logs'].includes(one)) ?? '';
      const given = answers[word]?.(items) ?? {
        status: 0,
        stdout: items.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}\n`).join(''),
      };
      if (given.status === 0) created.push(...items);
      return { stdout: '', stderr: '', ...given };
    },
    object: async (kind: string) => {
      if (kind !== 'events') return { items: created.map(({ metadata }) => ({ metadata, status })) };
      throw new CliError('forbidden', 'you have no right to "list" events');
    },
  } as unknown as Kubectl;
  const home = { run: 'abcd', imagePullSecrets: [], namespace: async () => 'home' } as unknown as ProbeHome;
  return { pods: new ProbePods(kubectl, home), created };
}

describe('a pod of a check', () => {
  it('tells what it printed', async () => {
    const { pods } = podsOf(ENDED, { logs: () => ({ status: 0, stdout: 'open\n' }) });
    expect(await pods.run([POD], 10)).toMatchObject([{ succeeded: true, reason: '', logs: { probe: 'open\n' } }]);
  });

  it('did not succeed where nobody can read what it printed', async () => {
    const stderr = 'Error from server: Get "https://10.0.0.1:10250/containerLogs": dial tcp: i/o timeout';
    const { pods } = podsOf(ENDED, { logs: () => ({ status: 1, stderr }) });
    expect(await pods.run([POD], 10)).toMatchObject([
      { succeeded: false, reason: expect.stringMatching(/^its log cannot be read: .*10250/), logs: {} },
    ]);
  });

  it('needs no right to read events', async () => {
    const { pods } = podsOf(UNSCHEDULED);
    expect(await pods.run([POD], 10)).toMatchObject([{ succeeded: false, reason: 'it did not end in time' }]);
  });

  it('is refused in the same words on all nodes', async () => {
    const stderr = (items: Manifest[]) =>
      items
        .map(
          ({ metadata }) =>
            `Error from server (Forbidden): pods "${metadata.name}" is forbidden: violates PodSecurity\n`,
        )
        .join('');
    const { pods } = podsOf(ENDED, { create: (items) => ({ status: 1, stderr: stderr(items) }) });
    const results = await pods.run([POD, { ...POD, node: 'w2' }], 10);
    expect(new Set(results.map(({ reason }) => reason))).toEqual(
      new Set(['Error from server (Forbidden): pods "node" is forbidden: violates PodSecurity']),
    );
  });
});

describe('other objects of a check', () => {
  it('have new names each time, as checks try again', async () => {
    const { pods, created } = podsOf(ENDED);
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'check-dns' } };
    await pods.create([policy]);
    await pods.create([policy]);
    expect(created.map(({ metadata }) => metadata.name)).toEqual(['check-dns-abcd-1', 'check-dns-abcd-2']);
  });
});
