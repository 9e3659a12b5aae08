import { certificatesFindings } from '../../../../src/cli/check/installed/certificates';
import { installed, installedFindings } from '../../../../src/cli/check/installed/installed';
import { status } from '../../../../src/cli/check/installed/status';
import { contextOf } from '../../probe/fake-context';

const pod = (name: string, ready: boolean, more = {}) => ({
  metadata: { name },
  spec: { nodeName: 'w1' },
  status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }], ...more },
});
const daemonSet = (desired: number, ready: number, updated = desired) => ({
  metadata: {},
  status: { desiredNumberScheduled: desired, numberReady: ready, updatedNumberScheduled: updated },
});

const logs = (name: string) => `logs ${name}`;

describe('the check installed', () => {
  it('sees that all pods are ready', () => {
    expect(installedFindings(daemonSet(1, 1), [pod('mirror-a', true)], 1, logs)).toMatchObject([
      { level: 'ok', message: 'ready: 1 of 1 pod' },
    ]);
  });

  it('repeats why a pod waits', () => {
    const waiting = { reason: 'ContainerCreating', message: 'secret "mirror-peer" not found' };
    const waits = pod('mirror-b', false, { containerStatuses: [{ name: 'proxy', state: { waiting } }] });
    expect(installedFindings(daemonSet(2, 1), [pod('mirror-a', true), waits], 2, logs)).toMatchObject([
      {
        level: 'problem',
        message: 'ContainerCreating: secret "mirror-peer" not found: mirror-b on w1',
        fix: 'logs mirror-b',
      },
    ]);
  });

  it('does not take no pods for ready ones', () => {
    expect(installedFindings(daemonSet(2, 0), [], 2, logs)).toMatchObject([
      { level: 'problem', message: 'ready: 0 of 2 pods' },
    ]);
    expect(installedFindings(daemonSet(0, 0), [], 2, logs).map(({ level }) => level)).toContain('problem');
  });

  it('warns of nodes that stack.yaml does not choose, and of a change on its way', () => {
    const levels = installedFindings(daemonSet(1, 1, 0), [pod('mirror-a', true)], 2, logs).map(({ level }) => level);
    expect(levels).toEqual(['warning', 'warning', 'ok']);
  });

  it('takes no pod of before for one of a change that nobody has seen', () => {
    const { status } = daemonSet(1, 1);
    const changed = { metadata: { generation: 2 }, status: { ...status, observedGeneration: 1 } };
    expect(installedFindings(changed, [pod('mirror-a', true)], 1, logs)).toMatchObject([
      { level: 'warning', message: 'of the newest version: 0 of 1 pod; a change is on its way' },
      { level: 'ok' },
    ]);
  });

  it('lists the first of many pods', () => {
    const pods = Array.from({ length: 9 }, (_, index) => pod(`mirror-${index}`, false));
    expect(
      installedFindings(daemonSet(9, 0), pods, 9, logs)
        .map(({ message }) => message)
        .at(-1),
    ).toEqual(expect.stringMatching(/^not ready: mirror-0 on w1, .*, 1 more$/));
  });

  it('says how to install', async () => {
    const [finding] = await installed.run(contextOf({}));
    expect(finding).toMatchObject({ level: 'problem', message: 'no DaemonSet mirror in the namespace secured-mirror' });
    expect(finding?.fix).toContain('apply --server-side --field-manager=secure-mirror -f dist/manifests/test/');
  });
});

describe('the check certificates', () => {
  const certificate = (name: string, status: string, message = '') => ({
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status, message }] },
  });
  const fix = (name: string) => `describe ${name}`;

  it('sees that all are issued', () => {
    const found = [certificate('a', 'True'), certificate('b', 'True')];
    expect(certificatesFindings(['a', 'b'], found, fix)).toMatchObject([{ level: 'ok' }]);
  });

  it('repeats why one is not, and misses another', () => {
    const found = [certificate('a', 'False', 'Issuer mirror is not ready')];
    expect(certificatesFindings(['a', 'b'], found, fix)).toMatchObject([
      { level: 'problem', message: 'a is not ready: Issuer mirror is not ready', fix: 'describe a' },
      { level: 'problem', message: 'not there: b' },
    ]);
  });
});

describe('the check status', () => {
  it('is not tried where nothing is installed', async () => {
    expect(await status.run(contextOf({}))).toMatchObject([
      { level: 'unknown', message: 'not tried: nothing is installed' },
    ]);
  });
});
