import { DEFAULT_LIST } from '../../../mirror/platforms';
import type { ConfigurationFile, NodeFacts } from './facts';
import { type FoundValue, imageSettings, lastVersion, type ParsedFile, valuesIn } from './plugins';
import { localPull } from './pull-path';
import { atLeast, type Runtime } from './runtime';
import { parseToml, type TomlTable, tableAt } from './toml-table';

/** The settings of a node's containerd that matter to a mirror, as they are in force after a restart. */
export interface Effective {
  /** Version of the main file; undefined where it says none that is in use since containerd 1.3. */
  readonly mainFile: number | undefined;
  /** `config_path`; empty where there is none. */
  readonly configPath: string;
  /** File that sets it; undefined where it is containerd's own default. */
  readonly configPathFile: string | undefined;
  /** Files that set `config_path` in a place where containerd does not look. */
  readonly stray: readonly FoundValue[];
  /** File that sets `discard_unpacked_layers` to true; undefined where layers are kept. */
  readonly discardingFile: string | undefined;
  /** Why containerd pulls by CRI's own code; undefined where it pulls by the transfer service. */
  readonly localPull: string | undefined;
  /** The same once layers are kept, as a mirror needs it. */
  readonly localPullThen: string | undefined;
  /** Tables of old settings of registries, such as `mirrors`, which exclude `config_path`. */
  readonly old: readonly string[];
}

/**
 * The configuration of a node's containerd.
 *
 * @param facts what the probe saw
 * @param runtime the containerd
 * @throws Error naming a file that is no TOML
 */
export function effective({ files }: NodeFacts, runtime: Runtime): Effective {
  const parsed = files.map(parsedFile);
  const settings = imageSettings(parsed, runtime);
  const registry = tableAt(settings, 'registry');
  const old = ['mirrors', 'configs', 'auths'].filter((key) => Object.keys(tableAt(registry, key)).length > 0);
  const set = typeof registry.config_path === 'string' ? registry.config_path : '';
  const emptied = registry.config_path === '' && lastsEmpty(parsed, runtime);
  const byDefault = atLeast(runtime, 2, 2) && !old.includes('mirrors') && !emptied ? DEFAULT_LIST.join(':') : '';
  const fileWith = (test: (settings: TomlTable) => boolean) =>
    (parsed.filter((file) => test(imageSettings([file], runtime))).at(-1) ?? parsed.at(-1))?.path;
  const discards = settings.discard_unpacked_layers === true;
  const version = parsed[0]?.content.version;
  return {
    mainFile: typeof version === 'number' && version >= 2 ? version : undefined,
    configPath: set || byDefault,
    configPathFile: set === '' ? undefined : fileWith((one) => tableAt(one, 'registry').config_path === set),
    stray: parsed.flatMap(valuesIn).filter(({ value }) => value !== set),
    discardingFile: discards ? fileWith((one) => one.discard_unpacked_layers === true) : undefined,
    localPull: localPull(settings, old, runtime),
    localPullThen: localPull({ ...settings, discard_unpacked_layers: false }, old, runtime),
    old,
  };
}

/** containerd 2.2.0 and 2.2.1 put their list in place of an empty `config_path` only where they migrate a file of version 2. */
function lastsEmpty(files: readonly ParsedFile[], { version }: Runtime): boolean {
  return /^2[.]2[.][01](?!\d)/.test(version) && lastVersion(files, 2) !== 2;
}

function parsedFile({ path, toml }: ConfigurationFile): ParsedFile {
  try {
    return { path, content: parseToml(toml) };
  } catch (cause) {
    throw new Error(`${path} is not TOML`, { cause });
  }
}
