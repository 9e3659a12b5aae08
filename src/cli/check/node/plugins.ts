import { atLeast, type Runtime } from './runtime';
import { isTable, merged, type TomlTable, tableAt } from './toml-table';

/** CRI's plugin up to containerd 1.7, in files of version 2, and in files of version 1. */
const CRI = 'io.containerd.grpc.v1.cri';
const CRI_IN_VERSION_1 = 'cri';
/** Its part for images since containerd 2.0. */
const IMAGES = 'io.containerd.cri.v1.images';

/** A parsed file of containerd's configuration. */
export interface ParsedFile {
  readonly path: string;
  readonly content: TomlTable;
}

/** A `config_path` in a file. */
export interface FoundValue {
  readonly file: string;
  readonly plugin: string;
  readonly value: string;
}

/**
 * Settings of CRI for images, in the form of containerd 2, of all files together, as containerd merges them in
 * cmd/containerd/server/config/config.go and plugins/cri/images/plugin.go of its source.
 *
 * @param files in the order in which containerd loads them
 * @param runtime the containerd
 */
export function imageSettings(files: readonly ParsedFile[], runtime: Runtime): TomlTable {
  if (!atLeast(runtime, 2, 0)) return sectionsReplaced(files);
  return tableAt(atLeast(runtime, 2, 3) ? eachMigrated(files) : migratedAtLast(files), IMAGES);
}

/** Each `config_path` of a file, wherever it stands. */
export function valuesIn({ path, content }: ParsedFile): FoundValue[] {
  return [CRI_IN_VERSION_1, CRI, IMAGES].flatMap((plugin) => {
    const { config_path: value } = tableAt(content, 'plugins', plugin, 'registry');
    return typeof value === 'string' && value !== '' ? [{ file: path, plugin, value }] : [];
  });
}

/** containerd 1: a later file replaces the whole section of a plugin, and the last version says by which name it is found. */
function sectionsReplaced(files: readonly ParsedFile[]): TomlTable {
  const plugins = Object.assign({}, ...files.map(({ content }) => tableAt(content, 'plugins')));
  const version = lastVersion(files, 1) ?? 1;
  const plugin = version < 2 ? CRI_IN_VERSION_1 : CRI;
  const { containerd, ...rest } = tableAt(plugins, plugin);
  return { ...rest, ...(isTable(containerd) ? containerd : {}) };
}

/** containerd 2.3 and newer: each file is brought to version 4, then tables are merged. */
function eachMigrated(files: readonly ParsedFile[]): TomlTable {
  return files.reduce<TomlTable>((all, { content }) => {
    const plugins = named(content);
    return merged(all, versionOf(content) < 4 ? migrated(plugins) : plugins);
  }, {});
}

/** containerd 2.0 to 2.2: tables are merged first, and brought to version 3 where the last file that says one says 2. */
function migratedAtLast(files: readonly ParsedFile[]): TomlTable {
  const plugins = files.reduce<TomlTable>((all, { content }) => merged(all, named(content)), {});
  // A file of version 1 gets the plugins' new names and no more.
  return lastVersion(files, 2) === 2 ? migrated(plugins) : plugins;
}

/** The plugins of a file, by their names since version 2. */
function named(content: TomlTable): TomlTable {
  const plugins = tableAt(content, 'plugins');
  const { [CRI_IN_VERSION_1]: cri, ...rest } = plugins;
  return versionOf(content) < 2 && cri !== undefined ? { ...rest, [CRI]: cri } : plugins;
}

/** What the plugin for images makes of the settings of the old one. It takes the table `containerd` only with runtimes in it. */
function migrated(plugins: TomlTable): TomlTable {
  if (!isTable(plugins[CRI])) return plugins;
  const old = plugins[CRI];
  const containerd = tableAt(old, 'containerd');
  const kept = (from: TomlTable, ...keys: string[]) => keys.flatMap((key) => (key in from ? [[key, from[key]]] : []));
  const settings = {
    ...tableAt(plugins, IMAGES),
    ...Object.fromEntries(kept(old, 'registry', 'max_concurrent_downloads', 'image_pull_with_sync_fs')),
    ...('runtimes' in containerd
      ? Object.fromEntries(kept(containerd, 'disable_snapshot_annotations', 'discard_unpacked_layers'))
      : {}),
  };
  return { ...plugins, [IMAGES]: settings };
}

function versionOf(content: TomlTable): number {
  return typeof content.version === 'number' ? content.version : 0;
}

/** The version that the last file says, without files that say none or a lower one. */
export function lastVersion(files: readonly ParsedFile[], least: number): number | undefined {
  return files
    .map(({ content }) => versionOf(content))
    .filter((version) => version >= least)
    .at(-1);
}
