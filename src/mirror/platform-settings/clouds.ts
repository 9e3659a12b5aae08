import type { SettingsFor } from './step';

/** AKS. */
export const aksSettings: SettingsFor = () => ({
  needed: 'nothing',
  facts: 'AKS sets one folder as `config_path` and keeps layers.',
  steps: [],
  sources: [
    'https://github.com/Azure/AgentBaker/blob/master/aks-node-controller/parser/templates/containerd_no_GPU.toml.gtpl',
    'https://spegel.dev/docs/getting-started/#compatibility',
  ],
});

/** GKE. */
export const gkeSettings: SettingsFor = () => ({
  needed: 'not confirmed: look at one node first',
  facts:
    'GKE offers no key for either setting. Its `registryHosts`, in the file for `--containerd-config-from-file`, makes GKE write hosts.toml files into /etc/containerd/hosts.d, so containerd must have that folder as `config_path` on nodes of pools that use it; ' +
    "we infer that, and had no GKE to try it. `registryHosts` cannot take the place of the mirror's own settings, as its certificates come from Secret Manager and do not change when the mirror's certificates do. " +
    'The other way, a privileged DaemonSet that edits /etc/containerd/config.toml and restarts containerd, is one that Google advises against; we ship none. Spegel calls GKE unsupported.',
  steps: [],
  sources: [
    'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/customize-containerd-configuration',
    'https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/ContainerdConfig (registryHosts)',
    'https://spegel.dev/docs/getting-started/#gke',
  ],
});
