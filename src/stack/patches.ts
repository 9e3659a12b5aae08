import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { counted } from '../settings/counted';
import { nearestFirst } from '../settings/nearest';
import type { Path } from '../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../settings/rule-problem';
import { type ConfigHash, followConfig } from './config-hash';
import { metadataOf, ownMetadataMistake } from './own-metadata';
import { operationMistake } from './patch-operation';
import type { PatchOperationProps, PatchProps, PatchTargetProps } from './patch-props';

const MOST = 12;

/**
 * Applies patches to objects, in their order: each meets what the ones before left. After a mistake the objects are of no use.
 *
 * @param scope what the objects are in
 * @param patches the patches
 * @param hash the ConfigMaps with which pods restart, and the pods
 * @returns patches that fit no object, or not the object that they name
 */
export function applyPatches(scope: Construct, patches: readonly PatchProps[], hash: ConfigHash): RuleProblem[] {
  if (patches.length === 0) return [];
  const objects = scope.node.findAll().filter(ApiObject.isApiObject);
  followConfig(patches, hash);
  return patches.flatMap(({ target, patch }, index) => {
    const found = findObject(objects, target, ['patches', index, 'target']);
    return found instanceof ApiObject ? applyOperations(found, patch, ['patches', index, 'patch']) : [found];
  });
}

function applyOperations(object: ApiObject, operations: readonly PatchOperationProps[], path: Path): RuleProblem[] {
  const json = object.toJson();
  for (const [index, operation] of operations.entries()) {
    const message = operationMistake(json, operation) ?? applyOperation(json, operation);
    if (message === undefined) continue;
    const { op, path: place } = operation;
    return [invalidPlace([...path, index], `${op} ${place}: ${message} (${object.kind} ${object.name})`)];
  }
  object.addJsonPatch(...operations.map(asPatch));
  return [];
}

/** Changes an object by an operation: what the operation took that is not the user's, if anything. */
function applyOperation(json: unknown, operation: PatchOperationProps): string | undefined {
  const before = metadataOf(json);
  JsonPatch.apply(json, asPatch(operation));
  return ownMetadataMistake(before, metadataOf(json));
}

function asPatch({ op, path, from = '', value }: PatchOperationProps): JsonPatch {
  if (op === 'remove') return JsonPatch.remove(path);
  return op === 'move' || op === 'copy' ? JsonPatch[op](from, path) : JsonPatch[op](path, value);
}

/** The object that a patch is for, or why there is none, or more than one. */
function findObject(all: readonly ApiObject[], target: PatchTargetProps, path: Path): ApiObject | RuleProblem {
  let left = all;
  for (const key of ['kind', 'apiVersion', 'name', 'namespace'] as const) {
    const wish = target[key];
    if (wish === undefined) continue;
    const found = left.filter((object) => partOf(object, key) === wish);
    if (found.length === 0) return invalidValue([...path, key], wish, noSuch(left, key, target));
    left = found;
  }
  const [object, other] = left;
  if (object !== undefined && other === undefined) return object;
  const key = object?.apiVersion === other?.apiVersion ? 'namespace' : 'apiVersion';
  const several = `${counted(left.length, 'object')} have this kind and name: name ${key} too, one of ${valuesOf(left, key).join(', ')}`;
  return invalidPlace(path, several);
}

function noSuch(left: readonly ApiObject[], key: keyof PatchTargetProps, target: PatchTargetProps): string {
  const near = nearestFirst(target[key] ?? '', valuesOf(left, key));
  const rest = near.length > MOST ? ` and ${near.length - MOST} more` : '';
  const whose = key === 'kind' ? 'this stack makes' : `this stack has for ${target.kind}`;
  return `expected ${key === 'apiVersion' ? 'an' : 'a'} ${key} that ${whose}: ${near.slice(0, MOST).join(', ')}${rest}`;
}

function valuesOf(objects: readonly ApiObject[], key: keyof PatchTargetProps): string[] {
  return [...new Set(objects.map((object) => partOf(object, key) ?? 'none'))];
}

function partOf(object: ApiObject, key: keyof PatchTargetProps): string | undefined {
  return key === 'namespace' ? object.metadata.namespace : object[key];
}
