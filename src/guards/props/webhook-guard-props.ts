import type { GuardProps } from './guard-props';

/**
 * Keeps the API server and the cluster's Services from being led to the mirror or to a node: by a webhook, an APIService or the
 * conversion of a CRD, by endpoints that somebody made by hand, and by ExternalName and externalIPs of Services.
 */
export interface WebhookGuardProps extends GuardProps {
  /**
   * Hosts that a webhook's URL or an ExternalName may name: names, `*.` before a name for all below it, or addresses, with a port or
   * without (`hooks.example.com`, `*.db.example.com`, `127.0.0.1:23443`, `[fd00::1]:8443`). Without a port, every port of that host.
   *
   * @default - none: webhooks and ExternalNames name Services of the cluster
   */
  readonly allowedHosts?: string[];

  /**
   * Whether a webhook's URL or an ExternalName may name any public host. An address of the cluster or of a private network, or a name
   * that can mean one, stays refused. But no policy sees which address a public name has, and its owner may point it at a node.
   *
   * @default false
   */
  readonly publicHosts?: boolean;

  /**
   * Services, as `namespace/name`, that may have endpoints made by hand, an ExternalName or externalIPs of any kind, such as the
   * `kubelet` Service of the Prometheus operator.
   *
   * @default - none
   */
  readonly allowedServices?: string[];

  /**
   * Users, as the API server knows them, that keep endpoints beside Kubernetes' own controllers, such as
   * `system:serviceaccount:knative-serving:controller`.
   *
   * @default - none
   */
  readonly endpointControllers?: string[];
}
