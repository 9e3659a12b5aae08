import { benchCommand } from '../../bench/cluster/options';
import { type BenchNode, chooseNodes } from '../../bench/cluster/preflight';

function node(name: string, { ready = 'True', labels = {}, unschedulable = false } = {}): BenchNode {
  return {
    metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...labels } },
    spec: { unschedulable },
    status: {
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.2.6',
        kernelVersion: '6.1',
        kubeletVersion: 'v1.37.0',
        osImage: 'Debian',
      },
      capacity: { cpu: '2', memory: '1024Ki' },
      conditions: [{ type: 'Ready', status: ready }],
    },
  };
}

const controlPlane = node('control', { labels: { 'node-role.kubernetes.io/control-plane': '' } });
const names = ({ serving, pulling }: ReturnType<typeof chooseNodes>) => [serving.metadata.name, pulling.metadata.name];

describe('the two nodes', () => {
  it('are ready workers, and a node of the control plane only if there are no two', () => {
    expect(names(chooseNodes([controlPlane, node('a'), node('b')]))).toEqual(['a', 'b']);
    expect(names(chooseNodes([controlPlane, node('a')]))).toEqual(['a', 'control']);
  });

  it('are those that the user names, in that order', () => {
    expect(names(chooseNodes([node('a'), node('b'), node('c')], ['c', 'a']))).toEqual(['c', 'a']);
  });

  it.each([
    [
      'one is ready',
      [node('a'), node('b', { ready: 'False' })],
      undefined,
      'two nodes are needed; ready Linux nodes: a',
    ],
    ['one is cordoned', [node('a'), node('b', { unschedulable: true })], undefined, 'ready Linux nodes: a'],
    ['one runs Windows', [node('a'), node('b', { labels: { 'kubernetes.io/os': 'windows' } })], undefined, 'nodes: a'],
    ['the user names another', [node('a'), node('b')], ['a', 'x'], '--nodes: got "a,x"; ready Linux nodes: a, b'],
  ])('are refused when %s', (_, all, chosen, message) => {
    expect(() => chooseNodes(all, chosen)).toThrow(message);
  });
});

describe('the options', () => {
  const parse = (...args: string[]) => benchCommand().parse(args, { from: 'user' }).opts();

  it('measure everything, five times, unless the user says otherwise', () => {
    expect(parse()).toMatchObject({
      passes: 5,
      only: ['1x1GiB', '4x256MiB', '64x10MiB', 'small', 'chain'],
      parallel: [1, 3, 8],
      keep: false,
    });
    expect(parse('--parallel', '8,1,8')).toMatchObject({ parallel: [1, 8] });
  });

  it.each([
    [['--passes', '0'], '--passes: got "0"; expected a number from 1 to 100'],
    [['--parallel', '1,x'], '--parallel: got "x"'],
    [['--only', 'large'], '--only: got "large"; expected one of these: 1x1GiB, 4x256MiB, 64x10MiB, small, chain'],
    [['--nodes', 'a'], '--nodes: got "a"; expected two nodes'],
    [['--nodes', 'a,a'], '--nodes: got "a,a"; expected two nodes'],
    [['--platform', 'x'], '--platform: got "x"'],
  ])('%p are refused', (args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });
});
