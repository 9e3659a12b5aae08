import type { k8s } from 'cdk8s-plus-28';
import { MOUNTS_DIRECTORY } from '../contract/directories';
import { volumes } from '../contract/names';

/**
 * A Secret or ConfigMap, mounted as a directory of files. It may come later than the pod: so the pod is the same with every
 * authentication method, and a move from one to the other replaces none.
 */
export interface MountedVolume {
  /** Name of the volume. */
  readonly name: string;
  /** Where the files come from. */
  readonly source: Omit<k8s.Volume, 'name'>;
  /** Directory in the container. */
  readonly mountPath: string;
}

/**
 * A Secret with all of its keys.
 *
 * @param name name of the volume, and of the directory
 * @param secretName the Secret
 * @param mode mode of its files
 */
export function secretVolume(name: string, secretName: string, mode: number): MountedVolume {
  const source = { secret: { secretName, defaultMode: mode, optional: true } };
  return { name, source, mountPath: `${MOUNTS_DIRECTORY}/${name}` };
}

/**
 * One key of a Secret or ConfigMap, as a file ca.crt.
 *
 * @param from where the bundle is
 * @param key its key
 */
export function trustVolume(from: { configMap?: string; secret?: string }, key: string): MountedVolume {
  const items = [{ key, path: 'ca.crt' }];
  const source =
    from.secret === undefined
      ? { configMap: { name: from.configMap, items, optional: true } }
      : { secret: { secretName: from.secret, items, defaultMode: 0o440, optional: true } };
  return { name: volumes.trust, source, mountPath: `${MOUNTS_DIRECTORY}/${volumes.trust}` };
}
