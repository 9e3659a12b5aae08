import type { Folder } from './authentication';

const ROOT = '/etc/secured-mirror';

/**
 * A Secret as a folder, all of its keys.
 *
 * @param name name of the volume, and of the folder
 * @param secretName the Secret
 * @param mode mode of its files
 */
export function secretFolder(name: string, secretName: string, mode: number): Folder {
  return { name, source: { secret: { secretName, defaultMode: mode, optional: true } }, folder: `${ROOT}/${name}` };
}

/**
 * One key of a Secret or ConfigMap as a folder with a file ca.crt.
 *
 * @param from where the bundle is
 * @param key its key
 */
export function trustFolder(from: { configMap?: string; secret?: string }, key: string): Folder {
  const items = [{ key, path: 'ca.crt' }];
  const source =
    from.secret === undefined
      ? { configMap: { name: from.configMap, items, optional: true } }
      : { secret: { secretName: from.secret, items, defaultMode: 0o440, optional: true } };
  return { name: 'trust', source, folder: `${ROOT}/trust` };
}
