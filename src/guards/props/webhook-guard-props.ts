import type { GuardProps } from './guard-props';

/**
 * Keeps the API server and the cluster's Services from being led to the mirror or to a node: by a webhook, an APIService or the
 * conversion of a CRD, by endpoints that somebody made by hand, and by ExternalName and externalIPs of Services.
 */
export interface WebhookGuardProps extends GuardProps {
  /**
   * Hosts that webhooks may name in a URL: names or addresses, with a port or without (`hooks.example.com`, `127.0.0.1:23443`,
   * `[fd00::1]:8443`). Without a port, every port of that host. Compared as text, without regard to case.
   *
   * @default - none: webhooks name Services
   */
  readonly allowedHosts?: string[];

  /**
   * Whether webhooks may name any public host in a URL. An address, or a name that means one of the cluster, stays refused; but no policy
   * can see which address a public name has.
   *
   * @default false
   */
  readonly publicHosts?: boolean;

  /**
   * Services, as `namespace/name`, whose endpoints somebody else than Kubernetes keeps and which may name addresses of the cluster, such
   * as the `kubelet` Service of the Prometheus operator.
   *
   * @default - none
   */
  readonly allowedServices?: string[];
}
