import { objectCheck, type Remark } from './look';

/** Architectures for which all images of the stack exist: their lists of platforms. */
const BUILT: readonly string[] = ['amd64', 'arm64'];

/** Whether the images of the stack run on a node. */
export const architecture = objectCheck(
  { name: 'architecture', title: 'the architecture of each node', when: 'always' },
  ({ status: { nodeInfo } }): Remark =>
    BUILT.includes(nodeInfo.architecture)
      ? { level: 'ok', message: nodeInfo.architecture }
      : {
          level: 'problem',
          message: `there is no image of the proxy for ${nodeInfo.architecture}`,
          fix: 'keep the mirror away from these nodes: nodeSelector: {kubernetes.io/arch: amd64} in stack.yaml, or arm64',
        },
);
