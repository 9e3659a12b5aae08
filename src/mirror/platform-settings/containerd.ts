import type { SettingsFor } from './step';
import { bothSettings, settingsFile, TABLES_ONCE } from './tables';

const MAIN = '/etc/containerd/config.toml';
const RESTART = 'Then run `systemctl restart containerd`; pods keep running.';

const NEW_FILE = {
  containerd: 2,
  mainFile: 3,
  when: 'config.toml has version 3 or 4',
  language: 'toml',
} as const;

/** containerd as kubeadm, packages and most installers run it. */
export const containerdSettings: SettingsFor = (folder) => ({
  needed: 'nothing on containerd 2.2 and newer; `config_path` on older ones',
  facts:
    'containerd keeps layers by default. 2.2 and newer have a list of two folders as `config_path`, and the node agent keeps a link with which that list works; ' +
    'older ones have no `config_path`. Where the main file has version 3 or 4, take a drop-in: it overrules the main file. Where it has version 2, do not: on containerd 1.7 the tables of a drop-in take the place of all ' +
    'settings of CRI in the main file, such as `SystemdCgroup`; on 2.0 to 2.2 a drop-in of version 3 makes containerd forget the same; and 2.3 and newer skip ' +
    '`discard_unpacked_layers` in a drop-in of version 2 (measured with 1.7.30, 2.1.9, 2.2.7 and 2.4.2).',
  steps: [
    {
      ...NEW_FILE,
      file: MAIN,
      text: "imports = ['/etc/containerd/conf.d/*.toml']",
      after:
        'One line, above the first table, in place of `imports = []` if the file has that. `containerd config default` of 2.2 and newer writes the line; without it no version reads conf.d.',
    },
    {
      ...NEW_FILE,
      file: '/etc/containerd/conf.d/secure-mirror.toml',
      text: settingsFile(2, folder),
      after: RESTART,
    },
    {
      ...NEW_FILE,
      when: `The same without a drop-in`,
      file: MAIN,
      text: bothSettings(2, folder),
      after: `${TABLES_ONCE} ${RESTART}`,
    },
    {
      mainFile: 2,
      when: 'config.toml has version 2, as on containerd 1.7',
      file: MAIN,
      language: 'toml',
      text: bothSettings(1, folder),
      after: `${TABLES_ONCE} ${RESTART}`,
    },
  ],
  sources: [
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md#cri',
    'https://github.com/containerd/containerd/blob/v2.2.0/defaults/defaults_unix.go (conf.d)',
    'https://github.com/containerd/containerd/blob/v1.7.30/services/server/config/config.go (mergeConfig), the same in v2.1.9 and v2.4.2 (LoadConfig)',
  ],
});
