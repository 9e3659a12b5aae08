/** Values as they travel between the engine and a provider: JSON in which secrets are wrapped and what is not known yet is a fixed text. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
/** Properties of a resource, or an object of the API. */
export interface JsonObject {
  [key: string]: Json;
}

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
/** Texts that stand for a boolean, a number, a text, a list, an asset, an archive and an object that are not known yet. */
const UNKNOWN = [
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
];

/** Whether a value is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a wrapped secret. */
export function isSecret(value: Json | undefined): boolean {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** Wraps a value as a secret, once. */
export function secret(value: Json): Json {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** A value without the wraps of its secrets, and without nulls in objects, as the provider leaves them out. */
export function unwrapped(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(unwrapped);
  }
  if (!isObject(value)) {
    return value;
  }
  if (isSecret(value)) {
    return unwrapped(value.value ?? null);
  }
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, unwrapped(item)]));
}

/** Whether any part of a value is a wrapped secret. */
export function holdsSecrets(value: Json | undefined): boolean {
  return isSecret(value) || parts(value).some(holdsSecrets);
}

/** Whether any part of a value is not known yet. */
export function holdsUnknowns(value: Json | undefined): boolean {
  return (typeof value === 'string' && UNKNOWN.includes(value)) || parts(value).some(holdsUnknowns);
}

function parts(value: Json | undefined): Json[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/**
 * An object of the API, with its secrets wrapped: what is a secret of the inputs, of a list all of it, and all data of a Secret.
 *
 * @param object the object, without wraps
 * @param inputs what it was made of, with wraps
 */
export function wrapped(object: JsonObject, inputs: JsonObject): JsonObject {
  const ofSecret = object.kind === 'Secret' ? ['data', 'stringData'] : [];
  const entries = Object.entries(object).map(([key, value]): [string, Json] => {
    const input = inputs[key];
    if (ofSecret.includes(key)) {
      return [key, secret(value)];
    }
    if (isObject(value) && isObject(input) && !isSecret(input)) {
      return [key, wrapped(value, input)];
    }
    return [key, holdsSecrets(input) ? secret(value) : value];
  });
  return Object.fromEntries(entries);
}
