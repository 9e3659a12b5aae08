import { isObject, type Json, type JsonObject } from './values';

/** Whose fields are taken over before an update, as kubectl's defaults do not name who applied something on purpose. */
const TAKEN: readonly [manager: string, operation: string][] = [
  ['kubectl', 'Apply'],
  ['kubectl', 'Update'],
  ['before-first-apply', 'Update'],
  ['pulumi-kubernetes', 'Update'],
];

/**
 * Who owns an object's fields once a manager has taken over those of kubectl, and those that it made the object with; undefined when
 * nothing changes.
 *
 * @param live the object
 * @param manager the manager
 */
export function takenOver(live: JsonObject, manager: string): JsonObject[] | undefined {
  const { managedFields } = live.metadata as { managedFields?: JsonObject[] };
  const entries = managedFields ?? [];
  const taken = entries.filter(
    (entry) =>
      entry.subresource === undefined &&
      [...TAKEN, [manager, 'Update']].some(
        ([name, operation]) => entry.manager === name && entry.operation === operation,
      ),
  );
  if (taken.length === 0) {
    return undefined;
  }
  const own = entries.filter((entry) => entry.manager === manager && entry.operation === 'Apply');
  const fieldsV1 = [...own, ...taken].reduce<Json>((sum, entry) => merged(sum, entry.fieldsV1 ?? {}), {});
  const rest = entries.filter((entry) => !taken.includes(entry) && !own.includes(entry));
  return [...rest, { ...(taken[0] as JsonObject), ...own[0], manager, operation: 'Apply', fieldsV1 }];
}

function merged(one: Json, other: Json): Json {
  if (!isObject(one) || !isObject(other)) {
    return one;
  }
  const both = { ...other, ...one };
  const keys = Object.keys(one).filter((key) => key in other);
  return { ...both, ...Object.fromEntries(keys.map((key) => [key, merged(one[key] as Json, other[key] as Json)])) };
}
