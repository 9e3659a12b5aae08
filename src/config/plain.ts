import { Construct } from 'constructs';

/**
 * A copy of what a program gave as settings, made of mappings, lists, texts, numbers and truth values, as a file would hold them.
 * Objects of classes are mappings of their own properties. What cannot be a setting becomes a symbol that says what it was: an object
 * of the app, a function, something that contains itself. Keys without a value are left out.
 *
 * @param given the settings
 * @param isKept whether an object is left as it is
 */
export function plainOf(given: unknown, isKept: (value: object) => boolean = () => false): unknown {
  const around = new Set<object>();
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') return Symbol('a function');
    if (typeof value === 'bigint') return Symbol(`${value}n`);
    if (typeof value !== 'object' || value === null || isKept(value)) return value;
    if (around.has(value)) return Symbol('something that contains itself');
    if (!isMapping(value) && !Array.isArray(value)) return Symbol(`an object of the class ${value.constructor.name}`);
    around.add(value);
    const made = Array.isArray(value)
      ? Array.from(value, copy)
      : Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, copy(item)]])),
        );
    around.delete(value);
    return made;
  };
  return copy(given);
}

/** Whether an object is a mapping, or holds properties as one does: not what has its content elsewhere, such as a Map. */
function isMapping(value: object): boolean {
  return isPlain(value) || (!Construct.isConstruct(value) && Object.keys(value).length > 0);
}

/** Whether an object is of no class, whatever realm it comes from. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
