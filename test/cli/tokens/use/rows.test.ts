import fc from 'fast-check';
import { podRows, secretRows, serviceAccountRows } from '../../../../src/cli/tokens/use/rows';
import { useOf } from './facts';
import { lineOf } from './kubectl';
import { ownedBy, pod, podOf, pullSecret, secret, serviceAccount, workload } from './objects';

describe('lines', () => {
  it('give what tenants called things, and no line more', () => {
    const word = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(word, fc.uniqueArray(word), (name, pulls) => {
        const text = `${lineOf(serviceAccount('kong', name, ...pulls)).join('\t')}\n`;
        expect(serviceAccountRows(text)).toEqual([{ namespace: 'kong', name, pulls, list: pulls, lastApplied: false }]);
      }),
    );
  });

  it('give a pod without a ServiceAccount the default one', () => {
    const text = lineOf(pod('kong', 'p', { serviceAccountName: undefined })).join('\t');
    expect(podRows(text)).toMatchObject([{ namespace: 'kong', name: 'p', serviceAccount: 'default', hash: '' }]);
  });

  it('give of Secrets of other types nothing but where they are', () => {
    const text = [...lineOf(secret('kong', 's', 'Opaque', {})), 'eHh4'].join('\t');
    const common = { namespace: 'kong', name: 's', type: 'Opaque' };
    const given = secretRows(text, { registries: ['docker.io'], users: [] });
    expect(given).toEqual([{ ...common, content: 'other', entries: [], others: 0 }]);
  });
});

describe('what a cluster uses', () => {
  it('names the workload that people know', () => {
    const { pods, workloads } = useOf([
      workload('Deployment', 'kong', 'web', {}),
      workload('CronJob', 'kong', 'nightly', {}),
      workload('Job', 'kong', 'nightly-1', {}, ownedBy('CronJob', 'nightly')),
      workload('Job', 'kong', 'once', {}),
      podOf('web', 'kong', 'a', {}),
      podOf('rollout', 'kong', 'a', {}),
      podOf('web', 'elsewhere', 'a', {}),
      pod('kong', 'n', {}, ownedBy('Job', 'nightly-1')),
      pod('kong', 'o', {}, ownedBy('Job', 'once')),
      pod('kong', 'p', {}),
    ]);
    expect(pods.map(({ workload }) => workload && `${workload.kind} ${workload.name}`)).toEqual([
      'Deployment web',
      'ReplicaSet rollout-5d4f',
      'ReplicaSet web-5d4f',
      'CronJob nightly',
      'Job once',
      undefined,
    ]);
    expect(workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Deployment web',
      'CronJob nightly',
      'Job once',
    ]);
  });

  it('has Jobs until they end', () => {
    const job = (name: string, type: string, status: string) => ({
      ...workload('Job', 'kong', name, {}),
      status: { conditions: [{ type, status }] },
    });
    const jobs = [
      job('a', 'Complete', 'True'),
      job('b', 'Failed', 'True'),
      job('c', 'Suspended', 'True'),
      job('d', 'Failed', 'False'),
    ];
    expect(useOf(jobs).workloads.map(({ name }) => name)).toEqual(['c', 'd']);
  });

  it('has of a Secret its keys, known users, and maker', () => {
    const { secrets } = useOf([
      pullSecret('kong', 's', { 'docker.io': 'kong', 'quay.io': 'kong' }, ownedBy('ExternalSecret', 'x')),
    ]);
    expect(secrets).toEqual([
      {
        namespace: 'kong',
        name: 's',
        type: 'kubernetes.io/dockerconfigjson',
        owner: { kind: 'ExternalSecret', name: 'x' },
        content: 'read',
        entries: [{ registry: 'docker.io', host: 'docker.io', path: '', user: 'kong' }],
        others: 1,
      },
    ]);
  });
});
