import { formatPath } from '../settings/path';
import type { PatchProps } from './patch-props';

/** Kinds of objects that keep others out. */
const LOCKS = /Policy$|PolicyBinding$|^(Cluster)?Role(Binding)?$/;
/** Places in a pod that hold its containers. */
const CONFINEMENT = /[/](securityContext|hostNetwork|hostPID|hostIPC)([/]|$)/;

/** Patches that may open one of the mirror's locks: the user answers for them. */
export function patchWarnings(patches: readonly PatchProps[]): string[] {
  return patches.flatMap(({ target, patch }, index) => {
    const changes = patch.filter(({ op }) => op !== 'test');
    const opens = LOCKS.test(target.kind) || changes.some(({ path }) => CONFINEMENT.test(path));
    if (!opens || changes.length === 0) return [];
    return [
      `${formatPath(['patches', index])}: it changes a lock of the mirror, ${target.kind} ${target.name}: nothing checks what it opens`,
    ];
  });
}
