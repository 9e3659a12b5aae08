import type { SettingsFor } from './step';
import { bothSettings, TABLES_ONCE } from './tables';

/** MicroK8s. */
export const microk8sSettings: SettingsFor = (folder) => ({
  needed: 'nothing',
  facts:
    'The template of the configuration has one folder as `config_path` and keeps layers. The configuration itself, args/containerd.toml, is made of the template at each start.',
  steps: [
    {
      when: 'If somebody changed the template',
      file: '/var/snap/microk8s/current/args/containerd-template.toml',
      language: 'toml',
      text: bothSettings(1, folder),
      after: `${TABLES_ONCE} Then run \`snap restart microk8s.daemon-containerd\`.`,
    },
  ],
  sources: [
    'https://github.com/canonical/microk8s/blob/master/microk8s-resources/default-args/containerd-template.toml',
    'https://microk8s.io/docs/registry-private',
  ],
});
