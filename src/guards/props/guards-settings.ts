import type { CertificateGuardProps } from './certificate-guard-props';
import type { GuardAction, GuardProps } from './guard-props';
import type { MirrorNamespaceGuardProps } from './mirror-namespace-guard-props';
import type { ProbeGuardProps } from './probe-guard-props';
import type { WebhookGuardProps } from './webhook-guard-props';

/** Settings of one cluster's guards. */
export interface GuardsSettings {
  /**
   * Policies of the whole cluster, so that nobody gets around the mirror's locks: docs/guards.md. They need
   * `network.cidrs`, and Kubernetes 1.31. `guards: {}` installs every guard.
   *
   * @default - no guard is installed
   */
  readonly guards?: GuardsProps;
}

/**
 * The guards, as ValidatingAdmissionPolicies. The lists of `webhooks` and `probes` are annotations of the mirror's namespace, where a
 * change takes effect at once.
 */
export interface GuardsProps {
  /**
   * How the API server answers to what a guard finds, unless that guard has an action of its own. Begin with `Audit` on a cluster that is in use.
   *
   * @default Deny
   */
  readonly action?: GuardAction;

  /**
   * Webhooks, APIServices, conversions of CRDs, and Services that lead to the mirror or to a node.
   *
   * @default - with the action of guards, and empty lists
   */
  readonly webhooks?: WebhookGuardProps;

  /**
   * Probes and lifecycle hooks with a host.
   *
   * @default - with the action of guards, in every namespace
   */
  readonly probes?: ProbeGuardProps;

  /**
   * Pods in the mirror's namespace, and changes to its objects.
   *
   * @default - with the action of guards
   */
  readonly mirrorNamespace?: MirrorNamespaceGuardProps;

  /**
   * Images of organisations' private repositories, where their pull token is not bound.
   *
   * @default - with the action of guards
   */
  readonly privateRepositories?: GuardProps;

  /**
   * Requests for certificates of the mirror's identities.
   *
   * @default - with the action of guards
   */
  readonly certificates?: CertificateGuardProps;
}
