/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/**
 * The value of a JSON text. The parser's own error would repeat the text, which may be a secret.
 *
 * @param text the text
 * @returns nothing when the text is no JSON
 */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
