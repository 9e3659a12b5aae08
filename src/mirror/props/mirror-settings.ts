import type { AccessLogProps } from './access-log-props';
import type { AuthenticationProps } from './authentication-props';
import type { ContainerdProps, Platform } from './containerd-props';
import type { EntryProps } from './entry-props';
import type { ImagesProps } from './images-props';
import type { LimitsProps } from './limits-props';
import type { MetricsProps } from './metrics-props';
import type { NetworkProps } from './network-props';
import type { NodeReadinessProps } from './node-readiness-props';
import type { TolerationProps } from './toleration-props';

/** Settings of one cluster's mirror: the mirror itself, its auth proxy, its node agent, and who may reach them. */
export interface MirrorSettings {
  /**
   * Name of the cluster, unique in the file: a DNS label. It names the output folder and, unless `trustDomain` says
   * otherwise, the trust domain of the identities.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly name: string;

  /**
   * Namespace that is made for the mirror. Everything in it is denied all traffic that the stack does not name, so it
   * must be the mirror's own.
   *
   * @default secured-mirror
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace?: string;

  /**
   * Registries whose images the mirror serves, by the host name that image references carry and without a port
   * (containerd labels content by host name alone, so Spegel has nothing to advertise for `host:5000`).
   * `_default` means every registry that has no folder of its own in the node's registry settings, as containerd asks
   * `_default` for those only. Name registries that have one beside it: `[_default, docker.io]`.
   *
   * @minItems 1
   */
  readonly registries: string[];

  /**
   * Repositories whose manifests and tags may be read by every pod of the cluster without asking the origin:
   * `host/path`, or `host/path/*` for all below it. Of all others only blobs come from peers, and the origin checks
   * the pod's pull secret on every pull. Anybody who knows the digest of a private manifest can read it through a
   * public repository, so name only what you need.
   *
   * @default - none: every manifest comes from its origin
   */
  readonly publicRepositories?: string[];

  /** How nodes and mirrors prove who they are. */
  readonly authentication: AuthenticationProps;

  /**
   * Where a node's own containerd reaches the auth proxy.
   *
   * @default - 127.0.0.1:30020, by a hostPort
   */
  readonly entry?: EntryProps;

  /**
   * What the nodes run: says where containerd keeps its socket, its content and its registry settings.
   *
   * @default containerd
   */
  readonly platform?: Platform;

  /**
   * containerd on the nodes, where it differs from the platform's.
   *
   * @default - the platform's
   */
  readonly containerd?: ContainerdProps;

  /**
   * Where the images of the mirror's own containers come from.
   *
   * @default - the pinned versions, from their own registries
   */
  readonly images?: ImagesProps;

  /**
   * Names of Secrets (type kubernetes.io/dockerconfigjson) in the mirror's namespace with which its own images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Limits against abuse.
   *
   * @default - see each limit
   */
  readonly limits?: LimitsProps;

  /**
   * Who may reach whom.
   *
   * @default - default deny, and the flows that the mirror needs
   */
  readonly network?: NetworkProps;

  /**
   * Who may read the metrics.
   *
   * @default - nobody
   */
  readonly metrics?: MetricsProps;

  /**
   * Whether the proxy logs who read what: docs/access-log.md. People who may read the log of the mirror's pods then see the names of private images.
   *
   * @default - it does not
   */
  readonly accessLog?: AccessLogProps;

  /**
   * Makes pods wait until the mirror of a new node is in use, by the Node Readiness Controller, which you install:
   * docs/node-readiness.md. The mirror's pods then hold a token of the API server, with the right to one condition of their
   * own node.
   *
   * @default - pods do not wait, and the mirror has no right at the API server
   */
  readonly nodeReadiness?: NodeReadinessProps;

  /**
   * Labels of the nodes that get a mirror.
   *
   * @default - every Linux node
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Taints that the mirror tolerates.
   *
   * @default - all: the mirror runs on every node that the node selector names
   */
  readonly tolerations?: TolerationProps[];

  /**
   * Whether pods have IPv6 addresses beside IPv4. The redirect, the proxy and Spegel then serve both families.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}
