import { posix } from 'node:path';
import { type Draft, isBroken } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { DEFAULT_LIST, resolvePaths } from '../platforms';
import type { ContainerdProps } from '../props/containerd-props';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

const CONTENT = 'io.containerd.content.v1.content';

/** Paths of containerd are in their shortest form, of the right kind, and differ; the default list leads to the first folder in it only. */
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
    ...(isBroken(containerd, 'registryConfig')
      ? []
      : checkDefaultList(resolvePaths(platform, containerd).registryConfig, containerd.linkDefaultList)),
  ];
}

function checkDefaultList(folder: string, link = false): RuleProblem[] {
  const [first] = DEFAULT_LIST;
  if (!link || folder === first) return [];
  const message = `expected false, or the registryConfig ${first}, with which containerd's default list begins: no link leads from there to ${folder}`;
  return [invalidValue(['containerd', 'linkDefaultList'], link, message)];
}

function check(
  paths: Draft<ContainerdProps>,
  key: 'socket' | 'content' | 'registryConfig',
  mistake: (path: string) => string | undefined,
): RuleProblem[] {
  const path = paths[key];
  if (path === undefined) return [];
  const shortest = posix.normalize(path).replace(/(.)\/$/, '$1');
  const message = path === shortest ? mistake(path) : `expected the shortest form of the path: write ${shortest}`;
  return message === undefined ? [] : [invalidValue(['containerd', key], path, message)];
}
