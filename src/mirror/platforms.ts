import type { ContainerdPaths, ContainerdProps, Platform } from './props/containerd-props';

/** Where containerd keeps what on a node. */
export interface NodePaths {
  /** Its socket. */
  readonly socket: string;
  /** Its content store. */
  readonly content: string;
  /** Its folder of registry settings. */
  readonly registryConfig: string;
}

/** Where containerd keeps what on the nodes of a platform, and how that is known. */
export interface PlatformPaths extends NodePaths {
  /** Whether containerd may have `DEFAULT_LIST` in force on these nodes: it is containerd's own default, or the platform writes the same. */
  readonly defaultList: boolean;
  /** Its main configuration file. */
  readonly configFile: string;
  /** The public documents that say so. */
  readonly source: string;
  /** What else to know about the paths. */
  readonly note: string;
}

const CONTENT = 'io.containerd.content.v1.content';

const GETTING_STARTED = 'https://spegel.dev/docs/getting-started/#compatibility';

/** The value that `config_path` has in containerd 2.2 and newer where nobody set it: plugins/cri/images/plugin.go. */
export const DEFAULT_LIST = ['/etc/containerd/certs.d', '/etc/docker/certs.d'] as const;

const STANDARD = {
  socket: '/run/containerd/containerd.sock',
  content: `/var/lib/containerd/${CONTENT}`,
  registryConfig: DEFAULT_LIST[0],
  configFile: '/etc/containerd/config.toml',
};

const K3S_SOURCE =
  'https://github.com/k3s-io/k3s/blob/master/pkg/agent/config/config.go and config_linux.go beside it (applyContainerdStateAndAddress)';

/** The platforms, with their sources. */
export const platforms: Record<Platform, PlatformPaths> = {
  containerd: {
    ...STANDARD,
    defaultList: true,
    source: `${GETTING_STARTED} and https://github.com/spegel-org/spegel/blob/main/charts/spegel/values.yaml`,
    note: 'As kubeadm and the packages of distributions leave it.',
  },
  k3s: {
    socket: '/run/k3s/containerd/containerd.sock',
    content: `/var/lib/rancher/k3s/agent/containerd/${CONTENT}`,
    registryConfig: '/var/lib/rancher/k3s/agent/etc/containerd/certs.d',
    defaultList: false,
    configFile: '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
    source: `${K3S_SOURCE}; https://github.com/k3s-io/k3s/issues/10838`,
    note: 'For the default data-dir.',
  },
  rke2: {
    socket: '/run/k3s/containerd/containerd.sock',
    content: `/var/lib/rancher/rke2/agent/containerd/${CONTENT}`,
    registryConfig: '/var/lib/rancher/rke2/agent/etc/containerd/certs.d',
    defaultList: false,
    configFile: '/var/lib/rancher/rke2/agent/etc/containerd/config.toml',
    source: `${K3S_SOURCE}, whose agent RKE2 runs; https://docs.rke2.io/reference/linux_agent_config (data-dir)`,
    note: 'For the default data-dir.',
  },
  k0s: {
    socket: '/run/k0s/containerd.sock',
    content: `/var/lib/k0s/containerd/${CONTENT}`,
    registryConfig: DEFAULT_LIST[0],
    defaultList: true,
    configFile: '/etc/k0s/containerd.toml',
    source: `${GETTING_STARTED} (K0S) and https://docs.k0sproject.io/stable/runtime/`,
    note: 'The folder of registry settings is the one that the text above names.',
  },
  microk8s: {
    socket: '/var/snap/microk8s/common/run/containerd.sock',
    content: `/var/snap/microk8s/common/var/lib/containerd/${CONTENT}`,
    registryConfig: '/var/snap/microk8s/current/args/certs.d',
    defaultList: false,
    configFile: '/var/snap/microk8s/current/args/containerd.toml',
    source:
      'https://github.com/canonical/microk8s/tree/master/microk8s-resources/default-args (containerd, containerd-template.toml) and https://github.com/canonical/microk8s/issues/3221',
    note: '/var/snap/microk8s/current is a link to the revision of the snap: restart the pods of the mirror after a refresh. Spegel does not list MicroK8s among the platforms that it is tested on.',
  },
  talos: {
    ...STANDARD,
    registryConfig: '/etc/cri/conf.d/hosts',
    defaultList: false,
    configFile: '/etc/cri/containerd.toml',
    source: `${GETTING_STARTED} (Talos) and https://docs.siderolabs.com/kubernetes-guides/advanced-guides/spegel`,
    note: 'Talos merges the parts in /etc/cri/conf.d into one file for containerd.',
  },
  eks: {
    ...STANDARD,
    defaultList: true,
    source: `${GETTING_STARTED} (EKS) and https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/containerd/config2.template.toml`,
    note: 'For Amazon Linux 2023.',
  },
  gke: {
    ...STANDARD,
    registryConfig: '/etc/containerd/hosts.d',
    defaultList: false,
    source: `https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/ContainerdConfig (registryHosts); for the rest the standard paths of containerd`,
    note: 'Not confirmed.',
  },
  aks: {
    ...STANDARD,
    defaultList: false,
    source: `${GETTING_STARTED} (AKS) and https://github.com/Azure/AgentBaker/blob/master/aks-node-controller/parser/templates/containerd_no_GPU.toml.gtpl`,
    note: `containerd has two places for content, and the node pool decides: with kubeletDiskType OS it is the one above; with Temporary it is /mnt/aks/containers/${CONTENT} (TempDiskContainerDataDir in AgentBaker's pkg/agent/datamodel/const.go), which you give as containerd.content. A stack has one place: in a cluster with pools of both kinds, choose the pools of one kind by nodeSelector; the others pull from the registry as before.`,
  },
  kind: {
    ...STANDARD,
    defaultList: true,
    source: `${GETTING_STARTED} (Kind) and https://github.com/kubernetes-sigs/kind/blob/main/images/base/files/etc/containerd/config.toml`,
    note: 'Inside of the container that is the node.',
  },
};

/**
 * Paths of containerd on the nodes.
 *
 * @param platform what the nodes run
 * @param overrides paths that differ from the platform's
 */
export function resolvePaths(platform: Platform, overrides: ContainerdPaths = {}): NodePaths {
  const { socket, content, registryConfig } = platforms[platform];
  return {
    socket: overrides.socket ?? socket,
    content: overrides.content ?? content,
    registryConfig: overrides.registryConfig ?? registryConfig,
  };
}

/**
 * Whether the node agent links containerd's default list to the folder of registry settings.
 *
 * @param platform what the nodes run
 * @param containerd what differs from the platform
 */
export function linksDefaultList(platform: Platform, containerd: ContainerdProps = {}): boolean {
  const first = resolvePaths(platform, containerd).registryConfig === DEFAULT_LIST[0];
  return containerd.linkDefaultList ?? (platforms[platform].defaultList && first);
}
