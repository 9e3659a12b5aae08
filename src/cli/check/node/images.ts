import { configurationOf } from './containerd-config';
import { probeCheck } from './look';
import { remedy } from './remedy';
import { runtimeOf } from './runtime';

/** By which way containerd pulls. */
export const pullPath = probeCheck(
  { name: 'pull-path', title: 'by which of its two ways containerd pulls images', when: 'always' },
  (probed) => {
    const { localPull, localPullThen } = configurationOf(probed);
    if (localPull === undefined) return { level: 'ok', message: 'containerd pulls by its transfer service' };
    const then = localPullThen === undefined ? '; by the transfer service once it keeps layers' : '';
    return { level: 'ok', message: `containerd pulls by CRI's own code, because of ${localPull}${then}` };
  },
);

/** Whether containerd keeps layers that peers can be given. */
export const unpackedLayers = probeCheck(
  { name: 'unpacked-layers', title: 'whether containerd keeps the layers of its images', when: 'always' },
  (probed, { mirror }) => {
    const { discardingFile: file, mainFile } = configurationOf(probed);
    if (file === undefined) return { level: 'ok', message: 'containerd keeps the layers of its images for peers' };
    const runtime = runtimeOf(probed.node.status.nodeInfo.containerRuntimeVersion);
    return {
      level: 'problem',
      message: `${file} sets discard_unpacked_layers = true: the node has no layers that peers could be given`,
      fix: `${remedy(mirror, runtime, { file, line: 'discard_unpacked_layers = false', mainFile })}\n\nLayers that containerd has deleted come back only when their images are pulled again.`,
    };
  },
);
