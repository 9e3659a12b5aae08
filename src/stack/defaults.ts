import type { Path } from '../settings/path';

/** A mapping of a file, of whatever form. */
interface Mapping {
  readonly [key: string]: unknown;
}

/** Keys of which a cluster has one: where it names one, the others do not come from the defaults, nor what belongs to them. */
const ALTERNATIVES: { readonly [mapping: string]: { readonly keys: string[]; readonly beside?: string[] } } = {
  authentication: { keys: ['mutualTls', 'basic'], beside: ['present'] },
  'authentication.mutualTls': { keys: ['issuer', 'secrets'], beside: ['certificates'] },
  'authentication.mutualTls.issuer': { keys: ['caSecret', 'ref'] },
  'authentication.mutualTls.trust': { keys: ['configMap', 'secret'], beside: ['key'] },
  'authentication.basic.credential': { keys: ['secret', 'externalSecret'] },
  entry: { keys: ['loopback', 'clusterIp'] },
};

/** A warning about a cluster. */
export interface ClusterWarning {
  readonly cluster: unknown;
  readonly text: string;
}

const WEAKER =
  "authentication.basic: it replaces the defaults' mutualTls, so that a password alone protects the mirror: repeat mutualTls beside it to have both";

/** A file whose clusters have their defaults, and where their values stand in it. */
export interface Completed {
  readonly value: unknown;
  /** Clusters whose own choice replaces a stronger one of the defaults. */
  readonly warnings: readonly ClusterWarning[];
  /** Where a value of a cluster stands in the file: with the cluster, or with the defaults. */
  originOf(path: Path): Path;
}

/**
 * Gives each cluster the defaults of the file: mappings merge at every depth, a cluster's own lists and values replace the defaults', and
 * its own nothing takes a default away.
 *
 * @param file the file, of whatever form
 */
export function withDefaults(file: unknown): Completed {
  if (!isMapping(file) || !isMapping(file.defaults) || !Array.isArray(file.clusters)) {
    return { value: file, warnings: [], originOf: (path) => path };
  }
  const { clusters } = file;
  const { name: _, ...defaults } = file.defaults;
  const completed = clusters.map((cluster) => (isMapping(cluster) ? merged(defaults, cluster, '') : cluster));
  const warnings = clusters
    .filter((cluster) => isWeaker(defaults, cluster))
    .map(({ name }) => ({ cluster: name, text: WEAKER }));
  return { value: { ...file, clusters: completed }, warnings, originOf: (path) => originIn(clusters, defaults, path) };
}

/** Whether a cluster has basic authentication alone where the defaults have mutual TLS. */
function isWeaker(defaults: Mapping, cluster: unknown): boolean {
  const base = defaults.authentication;
  if (!isMapping(base) || !isChosen(base.mutualTls)) return false;
  const own = isMapping(cluster) ? cluster.authentication : undefined;
  return isMapping(own) && isChosen(own.basic) && !isChosen(own.mutualTls);
}

function merged(defaults: Mapping, own: Mapping, place: string): Mapping {
  const given = { ...defaults };
  const { keys, beside = [] } = ALTERNATIVES[place] ?? { keys: [] };
  const chosen = keys.filter((key) => isChosen(own[key]));
  const replaced = chosen.length === 0 ? [] : keys.filter((key) => !chosen.includes(key) && Object.hasOwn(given, key));
  for (const key of replaced.length === 0 ? [] : [...replaced, ...beside]) delete given[key];
  const result: { [key: string]: unknown } = { ...given };
  for (const [key, value] of Object.entries(own)) {
    const base = given[key];
    if (value === null && Object.hasOwn(defaults, key)) delete result[key];
    else
      result[key] =
        isMapping(base) && isMapping(value) ? merged(base, value, place === '' ? key : `${place}.${key}`) : value;
  }
  return result;
}

function isChosen(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function originIn(clusters: readonly unknown[], defaults: Mapping, path: Path): Path {
  const [list, index, ...rest] = path;
  if (list !== 'clusters' || typeof index !== 'number') return path;
  let own = clusters[index];
  let base: unknown = defaults;
  for (const step of rest) {
    if (!isMapping(own) || !isMapping(base)) return path;
    if (!Object.hasOwn(own, step)) return Object.hasOwn(base, step) ? ['defaults', ...rest] : path;
    own = own[step];
    base = base[step];
  }
  return path;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
