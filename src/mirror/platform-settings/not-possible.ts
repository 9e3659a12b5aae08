/** Nodes that cannot use a mirror, and why. */
export interface NotPossible {
  /** What they run. */
  readonly name: string;
  /** What else people call it, in lower case. */
  readonly aliases: readonly string[];
  /** Why not: sentences. */
  readonly why: string;
  readonly sources: readonly string[];
}

/** What a Node says about itself. */
export interface NodeSoftware {
  /** Such as `containerd://2.4.2`. */
  readonly containerRuntimeVersion: string;
  /** Such as `Debian GNU/Linux 12 (bookworm)`. */
  readonly osImage: string;
}

const CRI_O: NotPossible = {
  name: 'CRI-O, such as on OpenShift',
  aliases: ['cri-o', 'crio', 'openshift', 'ocp', 'okd', 'rosa', 'aro'],
  why: 'CRI-O knows no hosts.toml: its mirrors are in registries.conf, which on OpenShift the Machine Config Operator writes. And it keeps layers unpacked in a store of its own, while Spegel serves what containerd keeps as it came from the registry: there would be nothing to share.',
  sources: [
    'https://docs.openshift.com/container-platform/4.16/rest_api/config_apis/imagedigestmirrorset-config-openshift-io-v1.html',
    'https://spegel.dev/docs/getting-started/#compatibility',
  ],
};

const DOCKER: NotPossible = {
  name: 'Docker Engine with cri-dockerd',
  aliases: ['docker', 'dockershim', 'cri-dockerd'],
  why: "Docker Engine pulls images by itself and reads no settings of containerd's CRI. Run the nodes with containerd.",
  sources: ['https://kubernetes.io/docs/setup/production-environment/container-runtimes/'],
};

const BOTTLEROCKET: NotPossible = {
  name: 'Bottlerocket',
  aliases: ['bottlerocket', 'eks-auto-mode'],
  why: "Bottlerocket makes containerd's configuration from its own API, and SELinux guards the folder. The API's `container-registry.mirrors` names a mirror by its address alone, without the client certificate or the password that the entry asks for. Use nodes of Amazon Linux 2023.",
  sources: [
    'https://bottlerocket.dev/en/os/1.20.x/api/settings/container-registry/',
    'https://spegel.dev/docs/getting-started/#bottlerocket',
  ],
};

/** All of them. */
export const notPossible: readonly NotPossible[] = [CRI_O, DOCKER, BOTTLEROCKET];

/** Why a node cannot use a mirror; undefined if nothing is known against it. */
export function notPossibleOn({ containerRuntimeVersion, osImage }: NodeSoftware): NotPossible | undefined {
  if (containerRuntimeVersion.startsWith('cri-o:')) return CRI_O;
  if (containerRuntimeVersion.startsWith('docker:')) return DOCKER;
  return /^Bottlerocket\b/.test(osImage) ? BOTTLEROCKET : undefined;
}

/** Why a platform, as people call it, cannot use a mirror; undefined if nothing is known against it. */
export function notPossiblePlatform(word: string): NotPossible | undefined {
  return notPossible.find(({ aliases }) => aliases.includes(word.toLowerCase()));
}
