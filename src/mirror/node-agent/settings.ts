import type { k8s } from 'cdk8s-plus-28';
import {
  DEFAULT_LIST_DIRECTORY,
  DYNAMIC_DIRECTORY,
  PERMISSIVE_LOG,
  STATE_DIRECTORY,
  STATUS_DIRECTORY,
} from '../contract/directories';
import { COUNTERS_PATH, healthPaths } from '../contract/http';
import { PERMISSIVE_LOG_VARIABLE } from '../contract/names';
import { ports } from '../contract/ports';
import type { NodeAgentProps } from './volumes';

/** Files of the agent's ConfigMap beside the scripts: settings, and what `contractFile` returns. */
export const files = { settings: 'settings', contract: 'contract' };

/** Settings that the agent reads again while it runs, so that a move between authentication methods replaces no pod. */
export function settings(props: NodeAgentProps): string {
  const { methods, upstreamMethod, propagationSeconds } = props.authentication;
  const lines = {
    accept: methods.map(({ name }) => name).join(' '),
    present: upstreamMethod.name,
    entry: props.entry,
    resolve: resolved(props).join(' '),
    propagation: propagationSeconds,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/**
 * Registries whose tags may be resolved at the mirror; of the others, tags go to the origin at once. None with basic authentication:
 * who gets into the mesh past the policies could say which digest a tag means.
 */
function resolved({ registries, publicRepositories, authentication }: NodeAgentProps): string[] {
  if (authentication.methods.some(({ name }) => name === 'basic')) {
    return [];
  }
  const hosts = new Set(publicRepositories.map((repository) => repository.slice(0, repository.indexOf('/'))));
  const listed = new Set(registries);
  const unlisted = [...hosts].some((host) => !listed.has(host));
  return registries.filter((host) => hosts.has(host) || (host === '_default' && unlisted));
}

/**
 * Settings that only a new container takes over.
 *
 * @param props what the agent is made of
 * @param folder folder of `files`
 */
export function environment(props: NodeAgentProps, folder: string): k8s.EnvVar[] {
  const { nodeVolumes, permissive } = props.authentication;
  const variables = {
    MIRROR_SETTINGS: `${folder}/${files.settings}`,
    MIRROR_CONTRACT: `${folder}/${files.contract}`,
    MIRROR_LOG_LEVEL: props.logLevel,
    MIRROR_REGISTRIES: props.registries.join(' '),
    // Without it, an entry that swallows packets costs each pull minutes (measured).
    MIRROR_DIAL_TIMEOUT: '200ms',
    // containerd reads key files at the start of a pull, at once after the hosts.toml that names them.
    MIRROR_KEY_SECONDS: '60',
    MIRROR_HOSTS_FOLDER: props.registryConfig,
    ...(props.linkDefaultList ? { MIRROR_LIST_FOLDER: DEFAULT_LIST_DIRECTORY } : {}),
    MIRROR_STATE_FOLDER: STATE_DIRECTORY,
    MIRROR_IDENTITY_FOLDER: nodeVolumes.identity.mountPath,
    MIRROR_CREDENTIAL_FOLDER: nodeVolumes.credential.mountPath,
    MIRROR_METRICS_CREDENTIAL_FOLDER: nodeVolumes.metricsCredential.mountPath,
    // The API server drops empty values: another manager's apply would be a conflict.
    ...(nodeVolumes.trust ? { MIRROR_TRUST_FOLDER: nodeVolumes.trust.mountPath } : {}),
    MIRROR_PROXY_FOLDER: DYNAMIC_DIRECTORY,
    MIRROR_READY_HOST: '127.0.0.1',
    MIRROR_READY_PORT: `${ports.listeners.health}`,
    MIRROR_READY_PATH: healthPaths.ready,
    MIRROR_ALIVE_PATH: healthPaths.spegelAlive,
    MIRROR_PEERS: props.peersName,
    MIRROR_COUNTERS_PORT: `${ports.agent.counters}`,
    MIRROR_COUNTERS_PATH: COUNTERS_PATH,
    MIRROR_SPEGEL_PORT: `${ports.spegel.metrics}`,
    MIRROR_CONTENT_FOLDER: props.content,
    MIRROR_STATUS_FOLDER: STATUS_DIRECTORY,
    ...(permissive ? { [PERMISSIVE_LOG_VARIABLE]: PERMISSIVE_LOG } : {}),
  };
  return [
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    // The version is what the API server would put in: a reference is owned as a whole, and another field manager would differ.
    { name: 'MIRROR_ADDRESS', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
  ];
}
