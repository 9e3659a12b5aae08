import { platformSettings } from '../../../mirror/platform-settings/platform-settings';
import { stepsText } from '../../../mirror/platform-settings/step';
import type { ResolvedMirror } from '../../../mirror/resolved';
import type { Runtime } from './runtime';

/** A setting of a node's containerd that has to change. */
export interface WrongSetting {
  /** File that sets it; undefined where no file does. */
  readonly file: string | undefined;
  /** The line that has to be there. */
  readonly line: string;
  /** Version of the node's main file, if it says a usable one. */
  readonly mainFile: number | undefined;
}

/**
 * The lines to write on nodes of the stack's platform.
 *
 * @param mirror the settings
 * @param runtime the containerd of the nodes
 * @param wrong what has to change
 */
export function remedy(
  { platform, paths }: ResolvedMirror,
  runtime: Runtime,
  { file, line, mainFile }: WrongSetting,
): string {
  // Elsewhere the platform writes the file, and would undo the change.
  if (platform === 'containerd' && file !== undefined) {
    return `In ${file}, write in place of the line with this key:\n\n  ${line}\n\nThen run \`systemctl restart containerd\`; pods keep running.`;
  }
  const { steps, facts, sources } = platformSettings(platform, runtime.version, paths, mainFile);
  return steps.length > 0 ? stepsText(steps) : [facts, ...sources].join('\n');
}
