import { literal } from '../kubernetes/cel';
import { everyContainer, IMAGE } from './pod-shape';

/** What pods of `secure-mirror check` are made of. */
export interface CheckPods {
  /** Name of the image that looks at the node. */
  readonly shell: string;
  /** Name of the image that tries the rules of the redirect. */
  readonly iptables: string;
  /** Host paths that they see, for reading. */
  readonly hostPaths: string[];
}

/** Whether a pod is one of `secure-mirror check`: it sees the node for reading at most, or the packet filter of its own network namespace. */
export function isCheckPod({ shell, iptables, hostPaths }: CheckPods): string {
  const [isShell, isIptables] = [shell, iptables].map((image) => `${IMAGE} == ${literal(image)}`);
  return [
    "variables.account == 'default' && !variables.spec.?automountServiceAccountToken.orValue(true)",
    `variables.volumes.all(volume, has(volume.emptyDir) || (has(volume.hostPath) && volume.hostPath.path in ${literal(hostPaths)}))`,
    everyContainer(
      'container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0)',
      `container.?securityContext.?capabilities.?add.orValue([]).all(item, item == 'NET_ADMIN' && ${isIptables})`,
      `container.?volumeMounts.orValue([]).all(mount, !(mount.name in variables.guarded) || (mount.?readOnly.orValue(false) && ${isShell}))`,
    ),
  ].join(' && ');
}
