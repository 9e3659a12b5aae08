import { STATE_DIRECTORY } from '../../mirror/contract/directories';
import { containers } from '../../mirror/contract/names';
import { kubectlError } from '../kubectl/kubectl-error';
import { CliError } from '../shared/cli-error';
import { inParallel } from '../shared/parallel';
import type { VerifyContext } from './row';

/** What a node's containerd reads of the mirror, without anything secret. */
export interface NodeSettings {
  readonly node: string;
  /** Files that hold a key or a credential, and their folders in memory. */
  readonly files: readonly ModeOf[];
  /** Our part of each hosts.toml. */
  readonly hosts: readonly HostOf[];
}

/** Who may read a file or folder. */
export interface ModeOf {
  readonly path: string;
  /** In octal. */
  readonly mode: string;
  readonly uid: string;
}

/** What containerd does for a registry. */
export interface HostOf {
  readonly registry: string;
  readonly url: string;
  /** Whether it asks the mirror what a tag means. */
  readonly resolves: boolean;
  /** Whether it checks the certificate of the mirror against a CA of the stack. */
  readonly hasCa: boolean;
}

const AT_ONCE = 6;

/** Prints modes, and of a hosts.toml no value but the mirror's address and two flags. */
export const SCRIPT = `
shopt -s nullglob dotglob
state=$1 config=$2
show() { [[ ! -e $1 || -L $1 ]] || printf 'mode %s %s\\n' "$(stat -c '%a %u' "$1")" "$1"; }
show "$state"
for path in "$state"/* "$state"/*/* "$config"/*/.secured-mirror.*.pem; do show "$path"; done
for file in "$config"/*/hosts.toml; do
  text=$(sed -n '/^# secured-mirror begin/,/^# secured-mirror end/p' "$file")
  [[ -n $text ]] || continue
  [[ $text != *Authorization* ]] || show "$file"
  folder=\${file%/*} resolves=no ca=no
  [[ $text != *'"resolve"'* ]] || resolves=yes
  [[ $text != *$'\\n  ca = "'* || $text == *skip_verify* ]] || ca=yes
  [[ $text =~ host\\.\\"([^\\"]*)\\" ]]
  printf 'host %s %s %s %s\\n' "\${folder##*/}" "\${BASH_REMATCH[1]}" "$resolves" "$ca"
done
`;

const known = new WeakMap<VerifyContext, Promise<NodeSettings[]>>();

/**
 * Reads the settings of all nodes by their node agents; once for all rows.
 *
 * @throws CliError where the mirror has none, or the user may not use pods/exec
 */
export function nodeSettings(context: VerifyContext): Promise<NodeSettings[]> {
  const settings = known.get(context) ?? read(context);
  known.set(context, settings);
  return settings;
}

async function read({ kubectl, target, mirror }: VerifyContext): Promise<NodeSettings[]> {
  const agents = target.pods.filter(({ hasAgent }) => hasAgent);
  if (agents.length === 0) {
    throw new CliError(
      'absent',
      "not tried: these pods have no node agent, by which the command looks at a node's settings",
    );
  }
  return inParallel(agents, AT_ONCE, async ({ name, node }) => {
    const words = ['bash', '-c', SCRIPT, 'look', STATE_DIRECTORY, mirror.paths.registryConfig];
    const exec = ['--namespace', target.namespace, 'exec', name, '-c', containers.agent, '--', ...words];
    const { status, stdout, stderr } = await kubectl.run(exec);
    if (status !== 0) throw kubectlError(stderr);
    return { node, ...settingsIn(stdout) };
  });
}

/** What the script printed. */
export function settingsIn(text: string): Omit<NodeSettings, 'node'> {
  const lines = (kind: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${kind} `))
      .map((line) => line.split(' ').slice(1));
  return {
    files: lines('mode').map(([mode = '', uid = '', ...path]) => ({ mode, uid, path: path.join(' ') })),
    hosts: lines('host').map(([registry = '', url = '', resolves, ca]) => ({
      registry,
      url,
      resolves: resolves === 'yes',
      hasCa: ca === 'yes',
    })),
  };
}
