import { exitCodesOf, hasEnded, imagesOf, isOver, type PodObject, reasonOf } from '../../../src/cli/probe/pod-state';

const podOf = (status: PodObject['status']): PodObject => ({ metadata: { name: 'a' }, status });
const container = (state: object) => [{ name: 'probe', state }];

describe('a pod of a check', () => {
  it.each<[string, PodObject['status']]>([
    ['', { phase: 'Succeeded' }],
    ['', {}],
    ['DeadlineExceeded: Pod was active', { phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was  active' }],
    [
      'Unschedulable: 0/1 nodes are available: Too many pods',
      {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/1 nodes are available: Too many pods',
          },
        ],
      },
    ],
    [
      'ImagePullBackOff: Back-off pulling image',
      { containerStatuses: container({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image' } }) },
    ],
    ['ContainerCreating', { containerStatuses: container({ waiting: { reason: 'ContainerCreating' } }) }],
    [
      'container probe ended with 3',
      { phase: 'Failed', containerStatuses: container({ terminated: { exitCode: 3, reason: 'Error' } }) },
    ],
    [
      'OOMKilled',
      { phase: 'Failed', containerStatuses: container({ terminated: { exitCode: 137, reason: 'OOMKilled' } }) },
    ],
  ])('says why it does not work: %j', (reason, status) => {
    expect(reasonOf(podOf(status))).toBe(reason);
  });

  it('has ended, well or not', () => {
    expect(['Pending', 'Running', 'Succeeded', 'Failed'].map((phase) => hasEnded(podOf({ phase })))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it.each<[boolean, PodObject['status']]>([
    [true, { phase: 'Failed' }],
    [true, { phase: 'Pending', containerStatuses: container({ waiting: { reason: 'ImagePullBackOff' } }) }],
    [
      true,
      { phase: 'Pending', initContainerStatuses: container({ waiting: { reason: 'CreateContainerConfigError' } }) },
    ],
    [false, { phase: 'Pending', containerStatuses: container({ waiting: { reason: 'ErrImagePull' } }) }],
    [false, { phase: 'Running', containerStatuses: container({ running: {} }) }],
    [false, {}],
  ])('is over, as nothing more comes of it: %j', (over, status) => {
    expect(isOver(podOf(status))).toBe(over);
  });

  it('has an exit code for each container that ended', () => {
    const status = {
      initContainerStatuses: [{ name: 'first', state: { terminated: { exitCode: 0 } } }],
      containerStatuses: container({}),
    };
    expect(exitCodesOf(podOf(status))).toEqual({ first: 0 });
  });

  it('has the image of each container that the node pulled', () => {
    const pulled = { name: 'pull', imageID: 'docker.io/library/app@sha256:1' };
    const status = { containerStatuses: [pulled, { name: 'waits', imageID: '' }, { name: 'new' }] };
    expect(imagesOf(podOf(status))).toEqual({ pull: 'docker.io/library/app@sha256:1' });
  });
});
