import { posix } from 'node:path';
import { DEFAULT_LIST } from '../../../mirror/platforms';
import type { ResolvedMirror } from '../../../mirror/resolved';
import { type Effective, effective } from './effective';
import type { NodeFacts } from './facts';
import { type ProbedNode, probeCheck, type Remark } from './look';
import { remedy } from './remedy';
import { type Runtime, runtimeOf } from './runtime';

/** Whether containerd reads the folder into which the agent writes. */
export const containerdConfig = probeCheck(
  {
    name: 'containerd-config',
    title: 'config_path in the configuration of containerd: whether it reads the settings of the mirror',
    when: 'always',
  },
  ({ node, facts }, { mirror }) => [
    configPath(
      configurationOf({ node, facts }),
      facts,
      mirror,
      runtimeOf(node.status.nodeInfo.containerRuntimeVersion),
    ),
    ...notYetRead(facts),
  ],
);

/**
 * The configuration of a node's containerd, from files that could all be read.
 *
 * @throws Error where one could not
 */
export function configurationOf({ node, facts }: Pick<ProbedNode, 'node' | 'facts'>): Effective {
  const { unreadable, missing, main } = facts;
  if (unreadable.length > 0) throw new Error(`${unreadable.join(', ')} cannot be read, or is not TOML`);
  const absent = missing.filter((path) => path !== main);
  if (absent.length > 0)
    throw new Error(
      `${main} imports ${absent.join(', ')}, which does not exist: containerd does not start again like this`,
    );
  if (missing.includes(main) && facts.started === undefined) {
    throw new Error(`there is no ${main}, and no process that says which file containerd was started with`);
  }
  return effective(facts, runtimeOf(node.status.nodeInfo.containerRuntimeVersion));
}

function configPath(config: Effective, facts: NodeFacts, mirror: ResolvedMirror, runtime: Runtime): Remark {
  const ours = mirror.paths.registryConfig;
  const value = `config_path = '${config.configPath}'`;
  const where = config.configPathFile ?? facts.main;
  const seen = config.configPathFile === undefined ? `sets no config_path` : `sets ${value}`;
  const saw: Saw = {
    config,
    seen: `${where} ${seen}`,
    value,
    mirror,
    fix: remedy(mirror, runtime, {
      file: config.configPathFile,
      line: `config_path = "${ours}"`,
      mainFile: config.mainFile,
    }),
  };
  if (config.old.includes('mirrors')) return oldMirrors(saw, facts);
  if (config.configPath === '') return noFolder(saw, runtime);
  const folders = config.configPath.split(':').map(clean);
  if (!folders.includes(ours)) return otherFolder(saw, folders);
  if (folders.length > 1) return listOfFolders(saw, facts, folders);
  return { level: 'ok', message: `${saw.seen}: the mirror's folder alone` };
}

/** What every remark repeats. */
interface Saw {
  readonly config: Effective;
  /** File, key and value. */
  readonly seen: string;
  /** Key and value in force. */
  readonly value: string;
  readonly mirror: ResolvedMirror;
  /** The lines to write. */
  readonly fix: string;
}

function oldMirrors({ mirror, fix }: Saw, { main }: NodeFacts): Remark {
  const message = `${main} or a file that it imports has entries in registry.mirrors; containerd does not start with these and a config_path`;
  const move = `For each registry in registry.mirrors, write ${mirror.paths.registryConfig}/REGISTRY/hosts.toml with a table [host."ENDPOINT"] for each endpoint, and delete the entry. Then:`;
  return { level: 'problem', message, fix: `${move}\n${fix}` };
}

function noFolder({ config, seen, fix }: Saw, { version }: Runtime): Remark {
  const lost = config.stray.map(
    ({ file, plugin, value }) => `${file} has '${value}' for the plugin ${plugin}, where this containerd does not look`,
  );
  return { level: 'problem', message: [`${seen}: containerd ${version} reads no hosts.toml`, ...lost].join('; '), fix };
}

function otherFolder({ seen, mirror, fix }: Saw, [first, ...more]: readonly string[]): Remark {
  const message = `${seen}, and the mirror writes its settings into ${mirror.paths.registryConfig}`;
  const follow = `Follow containerd, in stack.yaml:\n\n  containerd:\n    registryConfig: ${first}\n\nOr change containerd. ${fix}`;
  return { level: 'problem', message, fix: more.length === 0 ? follow : fix };
}

function listOfFolders(saw: Saw, { list }: NodeFacts, folders: readonly string[]): Remark {
  const { config, seen, value, mirror, fix } = saw;
  const ours = mirror.paths.registryConfig;
  const inForce = seen.includes(value) ? seen : `${seen}, so containerd's own default is in force, ${value}`;
  if (config.localPullThen !== undefined) {
    const message = `${inForce}: a list, which containerd searches from the left as it pulls by CRI's own code (${config.localPullThen})`;
    if (folders[0] === ours) return { level: 'ok', message };
    return { level: 'warning', message: `${message}; a folder of a registry in ${folders[0]} hides the mirror's`, fix };
  }
  const trap = `${inForce}: a list, which the transfer service takes for the name of one folder, so that it reads no hosts.toml and says so nowhere`;
  const linked = mirror.linkDefaultList && config.configPath === DEFAULT_LIST.join(':');
  if (!linked || list === 'foreign') return { level: 'problem', message: trap, fix };
  if (list === 'leads')
    return { level: 'ok', message: `${trap}; a link with that name leads to the mirror's settings` };
  return {
    level: 'note',
    message: `${trap}; the node agent keeps a link with that name, which leads to its settings (linkDefaultList)`,
    fix: `Nothing has to be done. To do without the link:\n${fix}`,
  };
}

/** Files that containerd may not have read yet. */
function notYetRead({ files, started }: NodeFacts): Remark[] {
  const changed = files.filter((file) => started !== undefined && file.changed > started).map(({ path }) => path);
  if (changed.length === 0) return [];
  const message = `${changed.join(', ')} changed after containerd started: what the other lines say of the configuration holds after a restart`;
  return [{ level: 'warning', message, fix: 'restart containerd on these nodes' }];
}

/** A folder as stack.yaml has it. */
function clean(folder: string): string {
  return posix.normalize(folder).replace(/(?<=.)[/]$/, '');
}
