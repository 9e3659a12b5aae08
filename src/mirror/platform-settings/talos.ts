import { indented, type SettingsFor } from './step';
import { keepLayers } from './tables';

const PATCH = 'secure-mirror.yaml, a patch of the machine configuration';
const APPLY = 'Apply it to each node: `talosctl patch machineconfig --nodes NODE --patch @secure-mirror.yaml`.';

/** Talos, which names the folder of registry settings itself. */
export const talosSettings: SettingsFor = () => ({
  needed: '`discard_unpacked_layers`',
  facts:
    "Talos sets one folder, /etc/cri/conf.d/hosts, as `config_path`, and discards layers. From 1.11 on it also sets `use_local_image_pull`: containerd pulls by CRI's own code, which the text leaves as it is.",
  steps: [
    {
      when: 'Talos 1.14 and newer',
      file: PATCH,
      language: 'yaml',
      text: [
        'apiVersion: v1alpha1',
        'kind: CRICustomizationConfig',
        'name: secure-mirror',
        'content: |',
        indented(keepLayers(2)),
      ].join('\n'),
      after: `${APPLY} Talos restarts containerd by itself.`,
    },
    {
      when: 'Talos before 1.14',
      file: PATCH,
      language: 'yaml',
      text: [
        'machine:',
        '  files:',
        '    - path: /etc/cri/conf.d/20-customization.part',
        '      op: create',
        '      content: |',
        indented(keepLayers(2), 8),
      ].join('\n'),
      after: `${APPLY} Then reboot the nodes one by one: \`talosctl reboot --nodes NODE\`. If your machine configuration writes this file for another reason, add the lines to that one.`,
    },
  ],
  sources: [
    'https://docs.siderolabs.com/kubernetes-guides/advanced-guides/spegel',
    'https://docs.siderolabs.com/talos/v1.14/reference/configuration/cri/cricustomizationconfig',
    'https://github.com/siderolabs/talos/blob/main/hack/cri-plugin.part',
  ],
});
