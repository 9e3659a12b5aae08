import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from './values';

/** What changes of a resource. */
export interface Difference {
  /** Paths of what is added, deleted and updated. */
  readonly paths: { readonly [path: string]: 'add' | 'delete' | 'update' };
  /** Those for which the resource is replaced. */
  readonly replaces: string[];
}

/** What cannot be changed in place, by kind: the API server refuses it, or it would stay unnoticed. */
const FIXED: { readonly [kind: string]: readonly string[] } = {
  ConfigMap: ['binaryData', 'data'],
  Secret: ['type', 'stringData', 'data'],
  Service: ['spec.clusterIP'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
};

/** What of it may be changed in place, if the provider is told so. */
export interface Mutable {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/**
 * What changes between the object as it was in the cluster and new inputs; of the former only what the old inputs said counts.
 *
 * @param live the object as it was last seen
 * @param old the inputs that it was made of
 * @param inputs the new inputs
 * @param patch whether the resource is a patch
 * @param mutable what may be changed in place
 */
export function difference(
  live: JsonObject,
  old: JsonObject,
  inputs: JsonObject,
  patch: boolean,
  mutable: Mutable,
): Difference {
  const paths: { [path: string]: 'add' | 'delete' | 'update' } = {};
  compare(pruned(live, old), inputs, '', paths);
  const kind = String(inputs.kind);
  const free = patch || (kind === 'ConfigMap' && mutable.configMaps) || (kind === 'Secret' && mutable.secrets);
  const fixed = ['metadata.name', 'metadata.namespace', ...(free ? [] : (FIXED[kind] ?? []))];
  const under = (path: string) =>
    fixed.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
  return { paths, replaces: Object.keys(paths).filter(under) };
}

/** The part of a value that inputs speak of. */
function pruned<T extends Json>(value: T, by: Json | undefined): T {
  if (Array.isArray(value) && Array.isArray(by)) {
    return value.map((item, index) => pruned(item, by[index])) as T;
  }
  if (isObject(value) && isObject(by)) {
    const kept = Object.entries(value).filter(([key]) => key in by);
    return Object.fromEntries(kept.map(([key, item]) => [key, pruned(item, by[key])])) as T;
  }
  return value;
}

function compare(old: Json, now: Json, path: string, paths: { [path: string]: 'add' | 'delete' | 'update' }): void {
  if ((isObject(old) && isObject(now)) || (Array.isArray(old) && Array.isArray(now))) {
    const [before, after] = [old as JsonObject, now as JsonObject];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const at = step(path, key, Array.isArray(now));
      if (before[key] === undefined) {
        paths[at] = 'add';
      } else if (after[key] === undefined) {
        paths[at] = 'delete';
      } else {
        compare(before[key] as Json, after[key] as Json, at, paths);
      }
    }
  } else if (!isDeepStrictEqual(old, now)) {
    paths[path] = 'update';
  }
}

function step(path: string, key: string, inList: boolean): string {
  if (inList) {
    return `${path}[${key}]`;
  }
  if (/[."[\]]/.test(key)) {
    return `${path}["${key.replaceAll('"', '\\"')}"]`;
  }
  return path === '' ? key : `${path}.${key}`;
}
