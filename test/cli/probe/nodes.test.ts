import { isChosen } from '../../../src/cli/probe/nodes';
import type { TolerationProps } from '../../../src/mirror/props/toleration-props';
import { nodeOf } from './fake-context';

const taint = (key: string, effect: string, value?: string) => ({ key, effect, value });
const chosen = (taints: ReturnType<typeof taint>[], tolerations: TolerationProps[], labels = {}, nodeSelector = {}) =>
  isChosen({ ...nodeOf('w1', labels), spec: { taints } }, { nodeSelector, tolerations });

describe('a node', () => {
  it('is chosen by its labels', () => {
    expect(chosen([], [], { mirror: 'yes' }, { mirror: 'yes' })).toBe(true);
    expect(chosen([], [], { mirror: 'no' }, { mirror: 'yes' })).toBe(false);
    expect(chosen([], [], { 'kubernetes.io/os': 'windows' }, { 'kubernetes.io/os': 'linux' })).toBe(false);
  });

  it.each<[string, boolean, ReturnType<typeof taint>, TolerationProps[]]>([
    ['a taint', false, taint('dedicated', 'NoSchedule', 'db'), []],
    ['a taint that only prefers', true, taint('dedicated', 'PreferNoSchedule', 'db'), []],
    ['a taint that every DaemonSet tolerates', true, taint('node.kubernetes.io/unschedulable', 'NoSchedule'), []],
    ['all tolerated', true, taint('dedicated', 'NoExecute', 'db'), [{ operator: 'Exists' }]],
    ['its key tolerated', true, taint('dedicated', 'NoSchedule', 'db'), [{ key: 'dedicated', operator: 'Exists' }]],
    ['its value tolerated', true, taint('dedicated', 'NoSchedule', 'db'), [{ key: 'dedicated', value: 'db' }]],
    ['another value tolerated', false, taint('dedicated', 'NoSchedule', 'db'), [{ key: 'dedicated', value: 'web' }]],
    [
      'another effect tolerated',
      false,
      taint('dedicated', 'NoExecute'),
      [{ operator: 'Exists', effect: 'NoSchedule' }],
    ],
  ])('with %s: %s', (_, is, one, tolerations) => {
    expect(chosen([one], tolerations)).toBe(is);
  });
});
