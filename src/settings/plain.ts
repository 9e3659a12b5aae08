import { Construct } from 'constructs';

/**
 * A copy of what a program gave as settings, made of mappings, lists, texts, numbers and truth values, as a file would hold them.
 * Objects of classes are mappings of what a program can read of them by name: their own properties, getters and what they inherit, but no
 * methods. What cannot be a setting becomes a symbol that says what it was: an object of the app, a function, something that contains
 * itself. Keys without a value are left out. Constructs are the one thing of the app's libraries that it knows. Each property is read once: who checks the copy and works with it never meets another value.
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
    if (!isMapping(value) && !Array.isArray(value))
      return Symbol(`an object of the class ${value.constructor?.name ?? 'nothing known'}`);
    around.add(value);
    const made = Array.isArray(value)
      ? Array.from(value, copy)
      : Object.fromEntries(
          keysOf(value).flatMap((key) => {
            const item = (value as { readonly [key: string]: unknown })[key];
            return item === undefined ? [] : [[key, copy(item)]];
          }),
        );
    around.delete(value);
    return made;
  };
  return copy(given);
}

/** Whether an object is a mapping, or holds properties as one does: not what has its content elsewhere, such as a Map. */
function isMapping(value: object): boolean {
  if (isPlain(value)) return true;
  if (Construct.isConstruct(value)) return false;
  return Object.keys(value).length > 0 || (isOfNoBuiltIn(value) && keysOf(value).length > 0);
}

/** Whether an object is not one that JavaScript or its platform brings: those have getters that are no settings, such as a Map's size. */
function isOfNoBuiltIn(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Names of the properties that a program can read: own ones, getters, and inherited ones but for methods. */
function keysOf(value: object): string[] {
  const found = new Map<string, boolean>();
  for (let level: object | null = value; level !== null && !isRoot(level); level = Object.getPrototypeOf(level)) {
    for (const key of Object.getOwnPropertyNames(level)) {
      // What is nearer hides what is inherited.
      if (found.has(key)) continue;
      const property = Object.getOwnPropertyDescriptor(level, key);
      const isMethod = level !== value && typeof property?.value === 'function';
      found.set(key, property?.get !== undefined || (property?.enumerable === true && !isMethod));
    }
  }
  return [...found].flatMap(([key, isSetting]) => (isSetting ? [key] : []));
}

/** Whether an object is what all inherit from, in this realm or another: nothing in it was given. */
function isRoot(level: object): boolean {
  return Object.getPrototypeOf(level) === null && Object.hasOwn(level, 'hasOwnProperty');
}

/** Whether an object is of no class, whatever realm it comes from. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
