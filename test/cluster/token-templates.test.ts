import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withKubectl } from '../cli/secure-mirror';
import { FakeApi } from '../cli/tokens/use/api';
import { asDeclared } from '../cli/tokens/use/cluster';
import { run } from '../cli/tokens/use/kubectl';
import {
  ownedBy,
  PLANTED,
  pod,
  podOf,
  pullSecret,
  pulls,
  secret,
  serviceAccount,
  workload,
} from '../cli/tokens/use/objects';
import { stackText } from '../cli/tokens/use/stack';

/** All that the templates look at, and much that is not there. */
const objects = [
  ...asDeclared(),
  pullSecret('old', 'shared-account', { 'https://index.docker.io/v1/': 'teamaccount' }, ownedBy('ExternalSecret', 'x')),
  secret('old', 'older', 'kubernetes.io/dockercfg', {
    '.dockercfg': JSON.stringify({ 'docker.io': { username: 'teamaccount', password: PLANTED } }),
  }),
  secret('other', 'nightly-ingress-controller-push', 'Opaque', { token: PLANTED }),
  pullSecret('old', 'kept', { 'docker.io': 'teamaccount' }, { ownerReferences: [{ kind: 'Node', name: 'n' }] }),
  secret('other', 'empty', 'kubernetes.io/dockerconfigjson', {}),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'old', name: 'bare' } },
  serviceAccount('old', 'default', 'shared-account', 'gone'),
  { ...serviceAccount('old', 'listed'), imagePullSecrets: [{ name: 'older' }, {}, { name: 'older' }] },
  workload('StatefulSet', 'old', 'set', pulls('shared-account')),
  workload('DaemonSet', 'old', 'daemons', pulls('older')),
  workload('CronJob', 'old', 'nightly', {
    initContainers: [{ name: 'i', image: 'x', envFrom: [{ secretRef: { name: 'shared-account' } }, {}] }],
    volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'older' } }, { configMap: { name: 'c' } }] } }],
  }),
  workload('Job', 'old', 'nightly-1', pulls('shared-account'), ownedBy('CronJob', 'nightly')),
  {
    ...workload('Job', 'old', 'ended', pulls('older')),
    status: { conditions: [{ type: 'Complete', status: 'True' }] },
  },
  pod('old', 'nightly-1-x', pulls('shared-account'), ownedBy('Job', 'nightly-1'), 'Pending'),
  pod('old', 'ended', pulls('shared-account'), {}, 'Succeeded'),
  podOf('rollout', 'old', 'b', pulls('older')),
  pod('old', 'steering', { imagePullSecrets: [{ name: 'shared-account' }, { name: 'a\nkong\tb %41+' }, {}] }),
  pod('old', 'reads', {
    containers: [
      { name: 'c', env: [{ valueFrom: { secretKeyRef: { name: 'shared-account', key: 'k' } } }, { value: '' }] },
    ],
  }),
];

describe('the templates', () => {
  it('make of objects, in a real kubectl, what these tests say that they make', async () => {
    const api = new FakeApi(objects);
    const folder = mkdtempSync(join(tmpdir(), 'api-'));
    const caches = process.env.KUBECACHEDIR;
    process.env.KUBECACHEDIR = folder;
    try {
      const server = await api.start();
      const context = { name: 'x', context: { cluster: 'x', user: '' } };
      const config = { clusters: [{ name: 'x', cluster: { server } }], contexts: [context], 'current-context': 'x' };
      writeFileSync(join(folder, 'config'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...config }));
      writeFileSync(join(folder, 'stack.yaml'), stackText());
      for (const command of ['retire', 'drift']) {
        const args = ['--json', '--today', '2025-07-01'];
        const access = ['-f', join(folder, 'stack.yaml'), '--kubeconfig', join(folder, 'config')];
        const { code, stdout, stderr } = await withKubectl(
          process.env.KUBECTL || 'kubectl',
          'tokens',
          command,
          ...access,
          ...args,
        );
        expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
        const said = stdout.replaceAll(`--kubeconfig ${join(folder, 'config')} `, '').replaceAll(folder, '/folder');
        expect(said).toBe((await run({ objects }, stackText(), command, ...args)).stdout);
        expect(said).toContain('old/');
      }
    } finally {
      if (caches === undefined) delete process.env.KUBECACHEDIR;
      else process.env.KUBECACHEDIR = caches;
      await api.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
