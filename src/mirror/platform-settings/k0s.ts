import type { SettingsFor } from './step';
import { settingsFile } from './tables';

const FILE = '/etc/k0s/containerd.d/secure-mirror.toml';
const RELOAD =
  'k0s sees the file and loads containerd anew, as long as the first line of /etc/k0s/containerd.toml is `# k0s_managed=true`. On nodes that you make, write it before k0s starts.';

/** k0s. */
export const k0sSettings: SettingsFor = (folder) => ({
  needed: 'nothing on k0s 1.36 and newer; `config_path` on older ones',
  facts:
    'k0s 1.36 and newer run containerd 2.3 or newer, whose own list of two folders is in force; older ones run containerd 1.7, without `config_path`. Both keep layers. ' +
    'k0s 1.36 refuses drop-ins of version 2.',
  steps: [
    {
      containerd: 2,
      when: 'k0s 1.36 and newer',
      file: FILE,
      language: 'toml',
      text: settingsFile(2, folder),
      after: RELOAD,
    },
    {
      containerd: 1,
      when: 'k0s before 1.36',
      file: FILE,
      language: 'toml',
      text: settingsFile(1, folder),
      after: RELOAD,
    },
  ],
  sources: ['https://docs.k0sproject.io/stable/runtime/', 'https://spegel.dev/docs/getting-started/#k0s'],
});
