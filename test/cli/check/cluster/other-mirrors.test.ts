import { otherMirrorFindings } from '../../../../src/cli/check/cluster/other-mirrors';
import { nodeOf } from '../../probe/fake-context';

const daemonSet = (namespace: string, image: string, labels = {}) => ({
  metadata: { name: 'some', namespace, labels },
  spec: { template: { spec: { containers: [{ image }] } } },
});
const NODES = [nodeOf('w1')];

describe('other mirrors', () => {
  it("are none beside the stack's own", () => {
    const own = daemonSet('secured-mirror', 'ghcr.io/spegel-org/spegel:v0.7.3', {
      'app.kubernetes.io/name': 'secured-mirror',
    });
    const all = [own, daemonSet('kube-system', 'registry.k8s.io/kube-proxy:v1.37.2')];
    expect(otherMirrorFindings(all, NODES, 'secured-mirror', false)).toMatchObject([
      { level: 'ok', message: 'none among 2 DaemonSets and 1 node' },
    ]);
  });

  it.each([
    ['ghcr.io/spegel-org/spegel:v0.7.3', 'problem', 'Spegel: DaemonSet some in the namespace p2p'],
    ['registry.example.com:5000/copies/spegel@sha256:aa', 'problem', 'Spegel: DaemonSet some in the namespace p2p'],
    ['docker.io/dragonflyoss/client:v1.2.9', 'warning', 'Dragonfly: DaemonSet some in the namespace p2p'],
    ['ghcr.io/enix/kube-image-keeper:1.13.1', 'warning', 'kube-image-keeper: DaemonSet some in the namespace p2p'],
  ])('are known by the image %s', (image, level, message) => {
    const found = otherMirrorFindings([daemonSet('p2p', image)], NODES, 'secured-mirror', false);
    expect(found).toMatchObject([{ level, message }]);
  });

  it('may be a Spegel that the stack replaces step by step', () => {
    const found = otherMirrorFindings(
      [daemonSet('p2p', 'ghcr.io/spegel-org/spegel:v1')],
      NODES,
      'secured-mirror',
      true,
    );
    expect(found).toMatchObject([{ level: 'warning' }]);
  });

  it.each(['secure-mirror', 'Helm'])('may be a second stack, managed by %s', (manager) => {
    const second = daemonSet('old', 'ghcr.io/spegel-org/spegel:v1', {
      'app.kubernetes.io/name': 'secured-mirror',
      'app.kubernetes.io/managed-by': manager,
    });
    const found = otherMirrorFindings([second], NODES, 'secured-mirror', false);
    expect(found).toMatchObject([
      { level: 'problem', message: expect.stringContaining('a second stack of secure-mirror') },
    ]);
  });

  it('may be in k3s itself', () => {
    const nodes = [...NODES, nodeOf('w2', { 'p2p.k3s.cattle.io/enabled': 'true' })];
    expect(otherMirrorFindings([], nodes, 'secured-mirror', false)).toMatchObject([
      { level: 'problem', message: 'the embedded registry mirror of k3s is on: w2' },
    ]);
  });
});
