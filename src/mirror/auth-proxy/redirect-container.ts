import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { restricted } from '../../../imports/pod-security';
import { textMetadata } from '../../kubernetes/tool-annotations';
import { MOUNTS_DIRECTORY } from '../contract/directories';
import { containers } from '../contract/names';
import type { PodPart } from '../contract/pod-part';
import { redirectRules } from './redirect';

/** The rules, and how they are laid. */
export interface RedirectRulesProps {
  /** Image of iptables. */
  readonly image: string;
  /** Connections that one source address may hold open to the listeners for peers, and to that for metrics. */
  readonly connectionsPerSource: number;
  /** Connections that one source address may hold open to the entry. */
  readonly entryConnections: number;
  /** Whether requests to Spegel's own port go to the listener for peers. */
  readonly permissive: boolean;
  /** Whether pods have IPv6 addresses too. */
  readonly dualStack: boolean;
}

/** The settings of the redirect. */
export interface RedirectProps extends RedirectRulesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
}

const NAME = 'mirror-redirect';
const DIRECTORY = `${MOUNTS_DIRECTORY}/redirect`;
const VOLUME = 'redirect';

/** The rules of each address family, as files of the volume `redirect`. */
export function redirectFiles({ dualStack, ...options }: RedirectRulesProps): {
  [file: string]: string;
} {
  return Object.fromEntries(
    families(dualStack).map(({ family, name }) => [`${name}.rules`, redirectRules({ family, ...options })]),
  );
}

/** Containers that lay the rules, from the volume `redirect`, into the network namespace of their pod. */
export function redirectContainers({ image, dualStack }: RedirectRulesProps): k8s.Container[] {
  return families(dualStack).map(({ name, command }) => ({
    name,
    image,
    command: [command, '--noflush', `${DIRECTORY}/${name}.rules`],
    // The packet filter of the pod's own network namespace, and no more.
    securityContext: restricted(0, { capabilities: { add: ['NET_ADMIN'] } }),
    volumeMounts: [{ name: VOLUME, mountPath: DIRECTORY, readOnly: true }],
  }));
}

function families(dualStack: boolean): { family: 'IPv4' | 'IPv6'; name: string; command: string }[] {
  const ipv4 = { family: 'IPv4', name: containers.redirect, command: 'iptables-nft-restore' } as const;
  const ipv6 = { family: 'IPv6', name: containers.redirectIpv6, command: 'ip6tables-nft-restore' } as const;
  return dualStack ? [ipv4, ipv6] : [ipv4];
}

/** Init containers that lay the redirect into the pod's network namespace, from rules that can be read and reviewed. */
export class Redirect extends Construct {
  /** Its ConfigMap. */
  public readonly configMap: ApiObject;
  /** The init containers, one per address family. */
  public readonly containers: k8s.Container[];
  /** Volumes that they mount. */
  public readonly volumes: k8s.Volume[];
  /** Hash of the rules, which only a new pod takes over. */
  public readonly configHash: string;

  public constructor(scope: Construct, id: string, props: RedirectProps) {
    super(scope, id);
    const data = redirectFiles(props);
    this.configHash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
    this.configMap = new ApiObject(
      this,
      'rules',
      k8s.KubeConfigMap.manifest({ metadata: textMetadata(props.namespace, NAME), data }),
    );
    this.volumes = [{ name: VOLUME, configMap: { name: NAME } }];
    this.containers = redirectContainers(props);
  }

  /** The redirect in the pod. */
  public get part(): PodPart {
    return { initContainers: this.containers, containers: [], volumes: this.volumes, configHash: this.configHash };
  }
}
