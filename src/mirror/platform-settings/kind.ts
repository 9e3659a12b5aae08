import { indented, type SettingsFor } from './step';
import { bothSettings } from './tables';

/** kind, whose node images have a main file of version 2 up to kind 0.32, whichever containerd they run. */
export const kindSettings: SettingsFor = (folder) => ({
  needed: '`discard_unpacked_layers`; for nodes before kind 0.31 `config_path` too',
  facts:
    "Node images discard layers. The images of kind 0.27 to 0.30 have containerd 2.0 or 2.1 and no `config_path`, although the comments in kind's examples say otherwise; the images of kind 0.31 and newer have " +
    "containerd 2.2 or newer and its list of two folders, which the node agent's link makes work. kind merges the patch into each node's configuration.",
  steps: [
    {
      file: 'the configuration of the cluster, for `kind create cluster --config FILE`',
      language: 'yaml',
      text: [
        'kind: Cluster',
        'apiVersion: kind.x-k8s.io/v1alpha4',
        'containerdConfigPatches:',
        '  - |-',
        indented(bothSettings(1, folder), 4),
      ].join('\n'),
      after: 'kind has no command that changes a cluster: create it anew.',
    },
  ],
  sources: [
    'https://spegel.dev/docs/getting-started/#kind',
    'https://kind.sigs.k8s.io/docs/user/local-registry/ (containerdConfigPatches)',
    'https://github.com/kubernetes-sigs/kind/blob/main/images/base/files/etc/containerd/config.toml',
    'https://github.com/kubernetes-sigs/kind/issues/3918',
  ],
});
