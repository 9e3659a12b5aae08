import { isObject, type JsonObject, parsed } from '../shared/json';
import { type ConfigEntry, entryIn } from './entry';

/** A docker configuration, as far as it is about credentials. */
export interface DockerConfig {
  /** Entries by key; nothing when `auths` is not an object. */
  readonly entries?: ReadonlyMap<string, ConfigEntry>;
  /** Programs that keep credentials, by host; nothing when `credHelpers` is not an object. */
  readonly helpers?: ReadonlyMap<string, string>;
  /** The program that keeps all others. */
  readonly store?: string;
}

/**
 * Reads a docker configuration: config.json, auth.json, or the content of a Secret.
 *
 * @param text the configuration
 * @param old whether it is a .dockercfg, which has its entries at the top in place of under `auths`
 * @returns nothing when it is not a JSON object
 */
export function parseDockerConfig(text: string, old = false): DockerConfig | undefined {
  const config = parsed(text);
  if (!isObject(config)) return undefined;
  if (old) return { entries: entriesIn(config), helpers: new Map() };
  const { auths, credHelpers, credsStore } = config;
  const store = typeof credsStore === 'string' && credsStore !== '' ? { store: credsStore } : {};
  return { entries: within(auths, entriesIn), helpers: within(credHelpers, helpersIn), ...store };
}

/**
 * The entry that docker reads for a key: it takes older spellings of a host too.
 *
 * @param entries all entries
 * @param key the key
 */
export function entryAt(entries: ReadonlyMap<string, ConfigEntry>, key: string): ConfigEntry | undefined {
  const spellings = key.startsWith('https://') ? [key] : [key, ...OLD.map(([before, after]) => before + key + after)];
  return spellings.map((spelling) => entries.get(spelling)).find((entry) => entry !== undefined);
}

const OLD = [
  ['https://', ''],
  ['https://', '/'],
  ['https://', '/v1/'],
  ['https://', '/v2/'],
  ['http://', ''],
] as const;

function within<T>(value: unknown, read: (object: JsonObject) => T): T | undefined {
  const object = value ?? {};
  return isObject(object) ? read(object) : undefined;
}

function entriesIn(auths: JsonObject): Map<string, ConfigEntry> {
  return new Map(Object.entries(auths).map(([key, entry]) => [key, entryIn(entry)]));
}

function helpersIn(credHelpers: JsonObject): Map<string, string> {
  const helpers = Object.entries(credHelpers).flatMap(([host, name]): [string, string][] =>
    typeof name === 'string' ? [[host, name]] : [],
  );
  return new Map(helpers);
}
