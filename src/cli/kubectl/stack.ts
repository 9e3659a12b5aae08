import {
  DAEMON_SET,
  containers as names,
  PERMISSIVE_LOG_VARIABLE,
  tlsVolume,
  volumes as volumeNames,
} from '../../mirror/contract/names';
import { CliError } from '../shared/cli-error';
import type { Kubectl } from './kubectl';

/** The parts of a stack in a cluster that commands look at. */
export interface Stack {
  /** The identities that the mirror's pods hold. */
  readonly identities: StackIdentity[];
  /** The bundle of trusted CAs, if the stack has one. */
  readonly trust?: TrustSource;
  /** Whether it serves and counts requests without authentication. */
  readonly permissive: boolean;
  /** How many nodes should have a mirror. */
  readonly scheduled: number;
}

/** An identity that the mirror's pods hold. */
export interface StackIdentity {
  /** peer, server or node. */
  readonly identity: string;
  /** Its Secret. */
  readonly secret: string;
  /** Container that reads it. */
  readonly container: string;
  /** File of its certificate in the container. */
  readonly file: string;
}

/** The object with the trusted CA certificates. */
export interface TrustSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
}

interface Mount {
  readonly name: string;
  readonly mountPath: string;
}

interface Container {
  readonly name: string;
  readonly env?: { readonly name: string }[];
  readonly volumeMounts?: Mount[];
}

interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items?: { readonly key: string }[] };
  readonly configMap?: { readonly name: string; readonly items?: { readonly key: string }[] };
}

interface DaemonSet {
  readonly spec: {
    readonly template: {
      readonly spec: { initContainers?: Container[]; readonly containers: Container[]; readonly volumes?: Volume[] };
    };
  };
  readonly status?: { readonly desiredNumberScheduled?: number };
}

/**
 * Looks up the stack in the namespace.
 *
 * @throws CliError when the namespace has no stack, or the user may not read it
 */
export async function readStack(kubectl: Kubectl): Promise<Stack> {
  const { namespace } = kubectl.access;
  const daemonSet = await kubectl.object<DaemonSet>('daemonset', DAEMON_SET);
  if (daemonSet === undefined) {
    const hint = 'name the right one with --namespace';
    throw new CliError(
      'absent',
      `no stack in the namespace ${namespace}: there is no DaemonSet ${DAEMON_SET}; ${hint}`,
    );
  }
  return stackIn(daemonSet);
}

/** The stack of a DaemonSet. */
function stackIn({ spec, status = {} }: DaemonSet): Stack {
  const { initContainers = [], containers, volumes = [] } = spec.template.spec;
  // The container that prepares has ended: nobody can read files in it.
  const running = [...containers, ...initContainers].filter(({ name }) => [names.agent, names.proxy].includes(name));
  const identities = ['peer', 'server', 'node'].flatMap((identity) => {
    const volume = tlsVolume(identity);
    const secret = volumes.find(({ name }) => name === volume)?.secret?.secretName;
    const reader = running.find(({ volumeMounts = [] }) => volumeMounts.some(({ name }) => name === volume));
    const mount = reader?.volumeMounts?.find(({ name }) => name === volume);
    return secret && reader && mount
      ? [{ identity, secret, container: reader.name, file: `${mount.mountPath}/tls.crt` }]
      : [];
  });
  const agent = containers.find(({ name }) => name === names.agent);
  return {
    identities,
    trust: trustOf(volumes.find(({ name }) => name === volumeNames.trust)),
    permissive: agent?.env?.some(({ name }) => name === PERMISSIVE_LOG_VARIABLE) ?? false,
    scheduled: status.desiredNumberScheduled ?? 0,
  };
}

function trustOf(volume: Volume | undefined): TrustSource | undefined {
  if (volume?.configMap) {
    return { kind: 'ConfigMap', name: volume.configMap.name, key: volume.configMap.items?.[0]?.key ?? 'ca.crt' };
  }
  if (volume?.secret) {
    return { kind: 'Secret', name: volume.secret.secretName, key: volume.secret.items?.[0]?.key ?? 'ca.crt' };
  }
  return undefined;
}
