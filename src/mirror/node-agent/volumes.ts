import { k8s } from 'cdk8s-plus-28';
import type { IAuthentication } from '../authentication/authentication';
import type { MountedVolume } from '../authentication/mounts';
import { DYNAMIC_DIRECTORY, PERMISSIVE_DIRECTORY, STATE_DIRECTORY, STATUS_DIRECTORY } from '../contract/directories';
import { volumes as volumeNames } from '../contract/names';
import type { ResolvedPod } from '../resolved-pod';

/** What the node agent is made of. */
export interface NodeAgentProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Image with bash and coreutils: Envoy's. */
  readonly image: string;
  /** How nodes prove who they are, and the credentials that the proxy accepts. */
  readonly authentication: IAuthentication;
  /** URL of the entry, as the node's containerd dials it. */
  readonly entry: string;
  /** How much it logs. */
  readonly logLevel: ResolvedPod['logLevel']['nodeAgent'];
  /** Name that resolves to the addresses of all mirrors. */
  readonly peersName: string;
  /** Registries whose settings it keeps. */
  readonly registries: string[];
  /** Repositories whose tags may be resolved at the mirror. */
  readonly publicRepositories: string[];
  /** Folder of the registry settings of the node's containerd. */
  readonly registryConfig: string;
  /** Content store of the node's containerd. */
  readonly content: string;
  /** Whether it links containerd's default list, which begins with that folder, to it. */
  readonly linkDefaultList: boolean;
}

/** Name of the agent's ConfigMap. */
export const NAME = 'mirror-node-agent';

/** Volumes of the agent's containers. */
export function volumes(props: NodeAgentProps): k8s.Volume[] {
  const memory = (name: string, size: string) => ({
    name,
    emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(size) },
  });
  const folder = (name: string, path: string) => ({ name, hostPath: { path, type: 'DirectoryOrCreate' } });
  return [
    { name: 'node-agent', configMap: { name: NAME } },
    memory('node-agent-status', '1Mi'),
    memory('node-agent-tmp', '8Mi'),
    ...read(props).map(({ name, source }) => ({ name, ...source })),
    folder('registry-config', props.registryConfig),
    // Where containerd looks when it takes the whole list, folder:folder, for one path.
    ...(props.linkDefaultList ? [folder('default-list', `${props.registryConfig}:`)] : []),
    folder('node-state', STATE_DIRECTORY),
  ];
}

/** What the agent's containers mount, both of them. */
export function mounts(props: NodeAgentProps): k8s.VolumeMount[] {
  const { nodeVolumes, permissive } = props.authentication;
  const trust = nodeVolumes.trust ? [nodeVolumes.trust] : [];
  return [
    { name: 'node-agent-status', mountPath: STATUS_DIRECTORY },
    { name: 'node-agent-tmp', mountPath: '/tmp' },
    { name: 'node-state', mountPath: STATE_DIRECTORY },
    { name: volumeNames.dynamicFiles, mountPath: DYNAMIC_DIRECTORY },
    ...(permissive ? [{ name: volumeNames.permissive, mountPath: PERMISSIVE_DIRECTORY }] : []),
    ...[...read(props), ...trust].map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
  ];
}

/** Secrets that are the agent's alone. */
function read({ authentication }: NodeAgentProps): MountedVolume[] {
  const { identity, credential, metricsCredential } = authentication.nodeVolumes;
  return [identity, credential, metricsCredential];
}
