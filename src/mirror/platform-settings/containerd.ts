import type { SettingsFor } from './step';
import { bothSettings, settingsFile, TABLES_ONCE } from './tables';

const MAIN = '/etc/containerd/config.toml';
const RESTART = 'Then run `systemctl restart containerd`; pods keep running.';

/** containerd as kubeadm, packages and most installers run it. */
export const containerdSettings: SettingsFor = (folder) => ({
  needed: 'nothing on containerd 2.2 and newer; `config_path` on older ones',
  facts:
    'containerd keeps layers by default. 2.2 and newer have a list of two folders as `config_path`, and the node agent keeps a link with which that list works; ' +
    'older ones have no `config_path`. A drop-in is the safest place on containerd 2: it overrules the main file, whichever of versions 2, 3 and 4 that has. On containerd 1.7 a drop-in ' +
    'replaces all settings of CRI that the main file has, such as `SystemdCgroup`, so write into the main file.',
  steps: [
    {
      containerd: 2,
      file: MAIN,
      language: 'toml',
      text: "imports = ['/etc/containerd/conf.d/*.toml']",
      after:
        'One line, above the first table, in place of `imports = []` if the file has that. `containerd config default` of 2.2 and newer writes the line; without it no version reads conf.d.',
    },
    {
      containerd: 2,
      file: '/etc/containerd/conf.d/secure-mirror.toml',
      language: 'toml',
      text: settingsFile(2, folder),
      after: RESTART,
    },
    {
      containerd: 2,
      when: `In place of the drop-in, if ${MAIN} has version 3 or 4`,
      file: MAIN,
      language: 'toml',
      text: bothSettings(2, folder),
      after: `${TABLES_ONCE} ${RESTART}`,
    },
    {
      containerd: 1,
      file: MAIN,
      language: 'toml',
      text: bothSettings(1, folder),
      after: `${TABLES_ONCE} The file says \`version = 2\`. ${RESTART}`,
    },
  ],
  sources: [
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md#cri',
    'https://github.com/containerd/containerd/blob/v2.2.0/defaults/defaults_unix.go (conf.d)',
    'https://github.com/containerd/containerd/blob/v1.7.30/services/server/config/config.go (mergeConfig)',
  ],
});
