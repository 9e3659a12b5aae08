import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { holdsUnknowns, type Json, type JsonObject } from './values';

/** A setting that is refused, and why, in the provider's words. */
export interface Refusal {
  readonly property: string;
  readonly reason: string;
}

/** What changes of a provider's settings. */
export interface SettingsDifference {
  readonly changed: string[];
  /** Settings for which the provider is replaced, and with it all that it made. */
  readonly replaces: string[];
}

/** Settings by which a cluster is found. */
const ACCESS = ['kubeconfig', 'context', 'cluster'] as const;

/**
 * What the provider refuses of its settings: a provider that writes files has no cluster. The kubeconfig of the environment, which SDKs
 * hand on by themselves, is let through.
 *
 * @param settings the settings, without wraps
 */
export function refusals(settings: JsonObject): Refusal[] {
  if (!isSet(settings.renderYamlToDirectory)) {
    const reason = '"alwaysRender" requires "renderYamlToDirectory" to be set';
    return settings.alwaysRender === true || settings.alwaysRender === 'true'
      ? [{ property: 'alwaysRender', reason }]
      : [];
  }
  return ['cluster', 'context', 'kubeconfig']
    .filter((key) => isSet(settings[key]))
    .filter((key) => key !== 'kubeconfig' || settings.kubeconfig !== process.env.KUBECONFIG)
    .map((property) => ({ property, reason: `"${property}" arg is not compatible with "renderYamlToDirectory" arg` }));
}

/**
 * How settings differ: the provider is replaced for another folder, and for another cluster, which is known by the part of the kubeconfig
 * that is in use; not for another way to the same cluster, and not while `clusterIdentifier` says that it is the same.
 *
 * @param old the settings as they were, without wraps
 * @param now the new ones
 */
export function settingsDifference(old: JsonObject, now: JsonObject): SettingsDifference {
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => key !== 'version' && !isDeepStrictEqual(old[key], now[key]),
  );
  const identified = isSet(now.clusterIdentifier) && old.clusterIdentifier === now.clusterIdentifier;
  return { changed, replaces: identified ? [] : replacing(old, now, changed) };
}

function replacing(old: JsonObject, now: JsonObject, changed: string[]): string[] {
  const identifiers = isSet(old.clusterIdentifier) && isSet(now.clusterIdentifier) ? ['clusterIdentifier'] : [];
  const unknown = ACCESS.find((key) => holdsUnknowns(now[key]));
  if (unknown !== undefined) {
    return [...identifiers.filter((key) => changed.includes(key)), unknown];
  }
  const [before, after] = [activeCluster(old), activeCluster(now)];
  const moved = before !== undefined && after !== undefined && !isDeepStrictEqual(before, after);
  return [...identifiers, 'renderYamlToDirectory', ...(moved ? ACCESS : [])].filter((key) => changed.includes(key));
}

interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: JsonObject }[];
}

/** The cluster that a kubeconfig and what is said beside it come to. */
function activeCluster({ kubeconfig, context, cluster }: JsonObject): JsonObject | undefined {
  if (!isSet(kubeconfig)) {
    return undefined;
  }
  const config = parsed(String(kubeconfig));
  const active = config.contexts?.find(({ name }) => name === (context ?? config['current-context']));
  return active && config.clusters?.find(({ name }) => name === (cluster ?? active.context.cluster))?.cluster;
}

/** A kubeconfig is a path or a text. */
function parsed(kubeconfig: string): Kubeconfig {
  const path = kubeconfig.replace(/^~(?=\/|$)/, homedir());
  return (parse(existsSync(path) ? readFileSync(path, 'utf8') : kubeconfig) ?? {}) as Kubeconfig;
}

function isSet(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value !== '' && !holdsUnknowns(value));
}
