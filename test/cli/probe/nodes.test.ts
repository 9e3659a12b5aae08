import { isChosen } from '../../../src/cli/probe/nodes';
import type { NodeRequirementProps, NodeSelectorTermProps } from '../../../src/mirror/props/affinity-props';
import type { TolerationProps } from '../../../src/mirror/props/toleration-props';
import { nodeOf } from './fake-context';

const taint = (key: string, effect: string, value?: string) => ({ key, effect, value });
const chosen = (taints: ReturnType<typeof taint>[], tolerations: TolerationProps[], labels = {}, nodeSelector = {}) =>
  isChosen({ ...nodeOf('w1', labels), spec: { taints } }, { nodeSelector, tolerations, pod: {} });
const meeting = (...nodeSelectorTerms: NodeSelectorTermProps[]) =>
  isChosen(nodeOf('w1', { zone: 'a', cores: '8' }), {
    nodeSelector: {},
    tolerations: [],
    pod: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } },
  });
const label = (
  key: string,
  operator: NodeRequirementProps['operator'],
  ...values: string[]
): NodeSelectorTermProps => ({
  matchExpressions: [{ key, operator, values }],
});

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

  it.each<[string, boolean, NodeSelectorTermProps]>([
    ['a value', true, label('zone', 'In', 'b', 'a')],
    ['another value', false, label('zone', 'In', 'b')],
    ['no such label', false, label('pool', 'In', 'b')],
    ['not a value', false, label('zone', 'NotIn', 'a')],
    ['not a value of no such label', true, label('pool', 'NotIn', 'a')],
    ['a label', true, label('zone', 'Exists')],
    ['no such label that it must have', false, label('pool', 'Exists')],
    ['a label that it must not have', false, label('zone', 'DoesNotExist')],
    ['more', true, label('cores', 'Gt', '7')],
    ['not more', false, label('cores', 'Gt', '8')],
    ['less', true, label('cores', 'Lt', '9')],
    ['less of no number', false, label('zone', 'Lt', '9')],
    ['its name', true, { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w1'] }] }],
    ['another name', false, { matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['w1'] }] }],
    [
      'all requirements',
      false,
      { ...label('zone', 'Exists'), ...{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w2'] }] } },
    ],
  ])('meets an affinity by %s: %s', (_, is, term) => {
    expect(meeting(term)).toBe(is);
    // One term of several is enough.
    expect(meeting(label('zone', 'In', 'x'), term)).toBe(is);
  });
});
