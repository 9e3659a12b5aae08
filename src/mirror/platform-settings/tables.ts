/** Tables of containerd's configuration that hold the settings of images, by containerd's major version. */
const TABLES = {
  1: {
    layers: 'plugins."io.containerd.grpc.v1.cri".containerd',
    registry: 'plugins."io.containerd.grpc.v1.cri".registry',
  },
  2: { layers: 'plugins."io.containerd.cri.v1.images"', registry: 'plugins."io.containerd.cri.v1.images".registry' },
} as const;

/** What the tables of a file are called: as in version 2 of the configuration, containerd 1's, or as in versions 3 and 4, containerd 2's. */
export type TableNames = keyof typeof TABLES;

/** `discard_unpacked_layers = false`, in its table. */
export function keepLayers(names: TableNames): string {
  return `[${TABLES[names].layers}]\n  discard_unpacked_layers = false`;
}

/** `config_path` as one folder, in its table. */
function oneFolder(names: TableNames, folder: string): string {
  return `[${TABLES[names].registry}]\n  config_path = ${JSON.stringify(folder)}`;
}

/** Both settings, each in its table. */
export function bothSettings(names: TableNames, folder: string): string {
  return `${keepLayers(names)}\n\n${oneFolder(names, folder)}`;
}

/** Both settings as a file of containerd's own. */
export function settingsFile(names: TableNames, folder: string): string {
  return `version = ${names + 1}\n\n${bothSettings(names, folder)}`;
}

/** Why a table may not simply be added. */
export const TABLES_ONCE =
  'If the file has one of these tables, change the key in it and do not paste the table: containerd does not start with a table that occurs twice.';
