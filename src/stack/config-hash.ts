import { createHash } from 'node:crypto';
import { type ApiObject, JsonPatch } from 'cdk8s';
import { CONFIG_HASH } from '../mirror/contract/names';
import type { PatchProps } from './patch-props';

/** ConfigMaps with which pods must restart, and the object with the pods. */
export interface ConfigHash {
  readonly configMaps: readonly ApiObject[];
  readonly daemonSet: ApiObject;
}

/**
 * Lets pods notice what patches change in the ConfigMaps that they read when they start.
 *
 * @param patches the patches
 * @param hash the ConfigMaps and the pods
 */
export function followConfig(patches: readonly PatchProps[], { configMaps, daemonSet }: ConfigHash): void {
  const names = configMaps.map(({ name }) => name);
  const changes = patches
    .filter(({ target }) => target.kind === 'ConfigMap' && names.includes(target.name))
    .flatMap(({ target: { name }, patch }) => patch.filter(isOfData).map((operation) => ({ name, operation })));
  if (changes.length === 0) return;
  const own = daemonSet.toJson().spec.template.metadata.annotations[CONFIG_HASH];
  const hash = createHash('sha256').update(JSON.stringify(changes)).digest('hex').slice(0, 16);
  const place = `/spec/template/metadata/annotations/${CONFIG_HASH.replace('/', '~1')}`;
  daemonSet.addJsonPatch(JsonPatch.replace(place, `${own}-${hash}`));
}

/** Whether an operation changes what pods read, and not labels or annotations alone. */
function isOfData({ op, path, from }: PatchProps['patch'][number]): boolean {
  const moved = op === 'move' ? [from ?? ''] : [];
  return op !== 'test' && [path, ...moved].some((place) => !place.startsWith('/metadata/'));
}
