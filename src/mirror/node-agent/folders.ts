import { k8s } from 'cdk8s-plus-28';
import type { Folder, IAuthentication } from '../authentication/authentication';
import { HANDED_FOLDER, PERMISSIVE_FOLDER } from '../contract/folders';

/** What the node agent is made of. */
export interface NodeAgentProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Image with bash and coreutils: Envoy's. */
  readonly image: string;
  /** How nodes prove who they are, and what the proxy is handed for that. */
  readonly authentication: IAuthentication;
  /** URL of the entry, as the node's containerd dials it. */
  readonly entry: string;
  /** Name that resolves to the addresses of all mirrors. */
  readonly peersName: string;
  /** Registries whose settings it keeps. */
  readonly registries: string[];
  /** Repositories whose tags may be resolved at the mirror. */
  readonly publicRepositories: string[];
  /** Folder of the registry settings of the node's containerd. */
  readonly registryConfig: string;
}

/** Name of the agent's ConfigMap. */
export const NAME = 'mirror-node-agent';

/** Folder, in memory, of what the agent says about itself. */
export const STATUS_FOLDER = '/run/node-agent';

/** On the node's tmpfs, so that key material is on no disk and gone after a reboot. */
export const STATE_FOLDER = '/run/secured-mirror';

/** Volumes of the agent's containers. */
export function volumes(props: NodeAgentProps): k8s.Volume[] {
  const memory = (name: string, size: string) => ({
    name,
    emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(size) },
  });
  return [
    { name: 'node-agent', configMap: { name: NAME } },
    memory('node-agent-status', '1Mi'),
    memory('node-agent-tmp', '8Mi'),
    ...read(props).map(({ name, source }) => ({ name, ...source })),
    { name: 'registry-config', hostPath: { path: props.registryConfig, type: 'DirectoryOrCreate' } },
    { name: 'node-state', hostPath: { path: STATE_FOLDER, type: 'DirectoryOrCreate' } },
  ];
}

/** What the agent's containers mount, both of them. */
export function mounts(props: NodeAgentProps): k8s.VolumeMount[] {
  const { nodeFolders, permissive } = props.authentication;
  const trust = nodeFolders.trust ? [nodeFolders.trust] : [];
  return [
    { name: 'node-agent-status', mountPath: STATUS_FOLDER },
    { name: 'node-agent-tmp', mountPath: '/tmp' },
    { name: 'node-state', mountPath: STATE_FOLDER },
    { name: 'handed', mountPath: HANDED_FOLDER },
    ...(permissive ? [{ name: 'permissive', mountPath: PERMISSIVE_FOLDER }] : []),
    ...[...read(props), ...trust].map(({ name, folder }) => ({ name, mountPath: folder, readOnly: true })),
  ];
}

/** Secrets that are the agent's alone. */
function read({ authentication }: NodeAgentProps): Folder[] {
  const { identity, credential, metricsCredential } = authentication.nodeFolders;
  return [identity, credential, metricsCredential];
}
