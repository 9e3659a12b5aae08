import type { ResolvedCidrs } from '../mirror/resolved-network';
import type { GuardAction } from './props/guard-props';
import type { WebhookGuardProps } from './props/webhook-guard-props';

/** The guards of a cluster, each with a value for every setting. */
export interface ResolvedGuards {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Addresses of nodes, pods and Services. */
  readonly cidrs: ResolvedCidrs;
  readonly webhooks: Required<WebhookGuardProps>;
  readonly probes: { readonly action: GuardAction; readonly exceptNamespaces: string[] };
  readonly mirrorNamespace: {
    readonly action: GuardAction;
    readonly operators: { readonly groups: string[]; readonly fieldManagers: string[] };
  };
  readonly privateRepositories: { readonly action: GuardAction };
  readonly certificates: { readonly action: GuardAction; readonly approverPolicy: boolean };
}
