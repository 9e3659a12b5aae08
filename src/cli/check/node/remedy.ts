import { platformSettings } from '../../../mirror/platform-settings/platform-settings';
import { stepsText } from '../../../mirror/platform-settings/step';
import type { ResolvedMirror } from '../../../mirror/resolved';
import type { Runtime } from './runtime';

/**
 * The lines to write, so that containerd reads the one folder and keeps layers, for the platform of the nodes.
 *
 * @param mirror the settings
 * @param runtime the containerd of the nodes
 */
export function remedy({ platform, paths }: ResolvedMirror, runtime: Runtime): string {
  const { steps, facts, sources } = platformSettings(platform, runtime.version, paths);
  return steps.length > 0 ? stepsText(steps) : [facts, ...sources].join('\n');
}
