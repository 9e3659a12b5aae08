import { posix } from 'node:path';
import type { Draft } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { resolvePaths } from '../platforms';
import type { ContainerdPaths } from '../props/containerd-props';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

const CONTENT = 'io.containerd.content.v1.content';

/** Paths of containerd are in their shortest form, of the right kind, and differ. */
export function checkContainerd({
  platform = mirrorDefaults.platform,
  containerd = {},
}: Draft<MirrorSettings>): RuleProblem[] {
  return [
    ...check(containerd, 'socket', (path) =>
      path.endsWith('.sock') ? undefined : "expected containerd's socket, which ends in .sock",
    ),
    ...check(containerd, 'content', (path) =>
      posix.basename(path) === CONTENT
        ? undefined
        : `expected the content store, the folder ${CONTENT} below containerd's root`,
    ),
    ...check(containerd, 'registryConfig', (path) => {
      const { socket, content } = resolvePaths(platform, containerd);
      return path === socket || path === content
        ? "expected a folder of its own: this is containerd's already"
        : undefined;
    }),
  ];
}

function check(
  paths: Draft<ContainerdPaths>,
  key: 'socket' | 'content' | 'registryConfig',
  mistake: (path: string) => string | undefined,
): RuleProblem[] {
  const path = paths[key];
  if (path === undefined) return [];
  const shortest = posix.normalize(path).replace(/(.)\/$/, '$1');
  const message = path === shortest ? mistake(path) : `expected the shortest form of the path: write ${shortest}`;
  return message === undefined ? [] : [invalidValue(['containerd', key], path, message)];
}
