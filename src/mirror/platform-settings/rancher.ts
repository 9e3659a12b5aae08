import type { SettingsFor } from './step';
import { settingsFile } from './tables';

/** k3s and RKE2, which run the same agent. */
function rancher(product: 'k3s' | 'rke2', docs: string): SettingsFor {
  const folder = `/var/lib/rancher/${product}/agent/etc/containerd`;
  const service = product === 'k3s' ? '`k3s` or `k3s-agent`' : '`rke2-server` or `rke2-agent`';
  return (registryConfig) => ({
    needed: 'nothing',
    facts:
      `The agent writes ${folder}/config.toml at each start, with one folder as \`config_path\` and without \`discard_unpacked_layers\`, so containerd keeps layers. ` +
      `Leave \`embedded-registry\` in /etc/rancher/${product}/config.yaml off, as it is a mirror of its own, and name no registry of stack.yaml in /etc/rancher/${product}/registries.yaml, ` +
      'as the agent writes the settings of those anew. A template of yours, config-v3.toml.tmpl or config.toml.tmpl, that begins with `{{ template "base" . }}` keeps both settings; it cannot set them again, as the ' +
      'base has their tables and containerd does not start with a table that occurs twice.',
    steps: [
      {
        containerd: 2,
        when: 'If a template or drop-in of yours changed the settings, and config.toml imports this folder, as releases since March 2026 write it',
        file: `${folder}/config-v3.toml.d/secure-mirror.toml`,
        language: 'toml',
        text: settingsFile(2, registryConfig),
        after: `Restart the service ${service} on the node. On older releases take the changed setting out of your template.`,
      },
    ],
    sources: [
      docs,
      'https://github.com/k3s-io/k3s/pull/13680 (config-v3.toml.d)',
      'https://github.com/rancher/rke2/issues/9541 (a config.toml that the agent wrote)',
    ],
  });
}

/** k3s. */
export const k3sSettings = rancher(
  'k3s',
  'https://docs.k3s.io/advanced#configuring-containerd and https://docs.k3s.io/installation/registry-mirror',
);

/** RKE2. */
export const rke2Settings = rancher(
  'rke2',
  'https://docs.rke2.io/advanced#configuring-containerd and https://docs.rke2.io/install/registry_mirror',
);
