import { probeManifest } from '../../../src/cli/probe/probe-manifest';
import type { ProbePod } from '../../../src/cli/probe/probes';

const PLACE = { run: 'abc', namespace: 'here', imagePullSecrets: ['pull'], batch: '1', seconds: 90 };
const POD: ProbePod = {
  purpose: 'look',
  node: 'w1',
  labels: { role: 'client', 'secure-mirror/check': 'forged' },
  spec: {
    containers: [{ name: 'probe', image: 'example.com/a:1' }],
    tolerations: [],
    automountServiceAccountToken: true,
  },
};

describe('the manifest of a short-lived pod', () => {
  it('has no token, ends by itself, tolerates all, and is small', () => {
    const { metadata, spec } = probeManifest(POD, 0, PLACE);
    expect(metadata).toEqual({
      namespace: 'here',
      name: 'look-abc-1-0',
      labels: {
        role: 'client',
        'app.kubernetes.io/managed-by': 'secure-mirror',
        'secure-mirror/check': 'abc',
        'secure-mirror/batch': '1',
      },
    });
    expect(spec).toMatchObject({
      restartPolicy: 'Never',
      activeDeadlineSeconds: 90,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      imagePullSecrets: [{ name: 'pull' }],
      containers: [{ resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } } }],
    });
  });

  it('goes to its node by the scheduler', () => {
    const { spec } = probeManifest(POD, 0, PLACE);
    expect(JSON.stringify(spec)).toContain('"matchFields":[{"key":"metadata.name","operator":"In","values":["w1"]}]');
    expect(spec).not.toHaveProperty('nodeName');
    expect(probeManifest({ ...POD, node: undefined }, 0, PLACE).spec).not.toHaveProperty('affinity');
  });
});
